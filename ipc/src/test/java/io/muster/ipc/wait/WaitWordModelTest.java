package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.wait.WaitWordModel.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitWordModelTest {

    @ParameterizedTest(name = "{0} waiters, {1} signals, {2} kills, {3} time-outs")
    @CsvSource({"2,2,0,0", "3,2,0,0", "3,3,0,0", "2,2,1,0", "3,2,1,0", "2,2,2,0", "2,2,0,1", "3,2,0,1", "2,2,1,1"})
    void noInterleavingLosesAWakeUp(int waiters, int signals, int kills, int timeOuts) {
        WaitWordModel model = new WaitWordModel(waiters, signals).kills(kills).timeOuts(timeOuts);
        assertNull(model.findLostWakeUp());

        assertTrue(model.states() > 100, "visited only " + model.states() + " states");
    }

    @ParameterizedTest(name = "{0} waiters, {1} signals, {2} kills, {3} slices")
    @CsvSource({"2,2,0,1", "2,2,0,2", "3,2,0,2", "2,2,1,1", "3,2,1,1", "2,2,1,2"})
    void aSleeperThatSleepsOnAfterASliceLosesNoWakeUp(int waiters, int signals, int kills, int slices) {
        WaitWordModel model = new WaitWordModel(waiters, signals).kills(kills).slices(slices);
        assertNull(model.findLostWakeUp());

        int before = new WaitWordModel(waiters, signals).kills(kills).statesInAll();
        assertTrue(model.states() > before, "visited only " + model.states() + " states");
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void eachRuleLeftOutAloneLosesAWakeUp(Rule rule) {
        assertNotNull(lossWithout(rule), "the model cannot fail, or " + rule + " is not needed");
    }

    private static String lossWithout(Rule rule) {
        switch (rule) {
            case BROADCAST_AFTER_DEATH:
            case DEATHS_READ_BEFORE_LOOKING:
                return new WaitWordModel(2, 2).kills(1).without(rule).findLostWakeUp();
            default:
                return new WaitWordModel(3, 2).without(rule).findLostWakeUp();
        }
    }
}
