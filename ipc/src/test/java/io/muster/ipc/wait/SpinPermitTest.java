package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpinPermitTest {
    private final Memory memory = Memory.wrap(ByteBuffer.allocateDirect(SpinPermit.BYTES));
    private final AtomicLong dead = new AtomicLong();

    private SpinPermit permit(int cpus, long self) {
        return new SpinPermit(memory, 0, cpus, self, id -> id == dead.get());
    }

    @Test
    void oneCpuLessMaySpin() {
        SpinPermit first = permit(4, 1);
        int[] seats = {first.tryTake(), permit(4, 2).tryTake(), permit(4, 3).tryTake()};
        for (int seat : seats) {
            assertNotEquals(SpinPermit.NONE, seat);
        }
        assertEquals(SpinPermit.NONE, permit(4, 4).tryTake());
        first.giveBack(seats[0]);
        assertEquals(seats[0], permit(4, 4).tryTake());
    }

    @Test
    void theSeatOfADeadHolderIsTakenOver() {
        assertEquals(0, permit(2, 1).tryTake());
        SpinPermit other = permit(2, 2);
        for (int i = 0; i < 1000; i++) {
            assertEquals(SpinPermit.NONE, other.tryTake());
        }
        dead.set(1);
        int seat = SpinPermit.NONE;
        for (int i = 0; i < 1000 && seat == SpinPermit.NONE; i++) {
            seat = other.tryTake();
        }
        assertEquals(0, seat);
        assertEquals(2, memory.getLongVolatile(0));
    }
}
