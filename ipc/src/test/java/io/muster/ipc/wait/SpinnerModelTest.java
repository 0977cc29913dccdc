package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.wait.SpinnerModel.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpinnerModelTest {

    @ParameterizedTest(name = "{0} workers, {1} callers")
    @CsvSource({"1,1", "2,1", "2,2", "3,2", "3,3"})
    void noTaskIsForgottenWhileAWorkerSleeps(int workers, int callers) {
        SpinnerModel model = new SpinnerModel(workers, callers);
        assertNull(model.findForgottenTask());

        assertTrue(model.states() > 10, "visited only " + model.states() + " states");
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void eachRuleLeftOutAloneForgetsATask(Rule rule) {
        SpinnerModel model = new SpinnerModel(2, 2).without(rule);

        assertNotNull(model.findForgottenTask(), "the model cannot fail, or " + rule + " is not needed");
    }
}
