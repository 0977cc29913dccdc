package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitWordTest {
    private final Memory memory = Memory.wrap(ByteBuffer.allocateDirect(64));
    private final WaitWord word = new WaitWord(memory, 8).withParking(Parking.portable());

    @ParameterizedTest
    @ValueSource(ints = {0, 0x0000_0002, 0x001F_FFFE, 0x001F_FFFC, 0xFFFF_FFFE, 0x7FFF_FFFE, 0xFFE0_0000})
    void countersTellHowManyWakeUpsThereWere(int start) {
        memory.putIntVolatile(8, start);
        int armed = word.arm();
        assertEquals(start | 1, armed);
        assertEquals(0, WaitWord.wokenBetween(start, armed));
        assertTrue(word.wake(1));
        assertEquals(1, WaitWord.wokenBetween(armed, word.value()));
        word.arm();
        assertTrue(word.wake(3));
        assertEquals(4, WaitWord.wokenBetween(armed, word.value()));
        word.arm();
        int before = word.value();
        assertTrue(word.wakeAll());
        assertEquals(Integer.MAX_VALUE, WaitWord.wokenBetween(before, word.value()));
    }

    @Test
    void aRungWordIsNotRungAgainUntilSomebodyIsAnnounced() {
        word.arm();
        int armed = word.arm();
        assertTrue(word.hasSleepers());
        assertTrue(word.wake(1));
        assertFalse(word.hasSleepers());
        int value = word.value();
        assertFalse(word.wake(1));
        assertFalse(word.wakeAll());
        assertEquals(value, word.value());
        assertTrue(value != armed);
    }

    @Test
    void aRepairerRingsTheWordAlsoWhenAnotherWakerHasTakenTheBell() {
        word.arm();
        word.wake(1);
        int stranded = word.value();
        assertFalse(word.wake(1));
        word.wakeAllAnyway();
        assertEquals(Integer.MAX_VALUE, WaitWord.wokenBetween(stranded, word.value()));
        assertFalse(word.hasSleepers());
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WaitWord(memory, 6));
        assertThrows(NullPointerException.class, () -> new WaitWord(null, 0));
        assertThrows(NullPointerException.class, () -> new WaitWord(memory, 0, null, 0));
        word.arm();
        assertThrows(IllegalArgumentException.class, () -> word.wake(0));
    }
}
