package io.muster.ipc.internal.bell;

import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;

/**
 * A thing that is ready or not, watched by parties that may die; all the bells lie in the same memory.
 *
 * <pre>
 *   0 | READY i64, beside it the watchers at 8
 *   128 + 1024 * slot | the strips of that slot's party
 * </pre>
 */
final class BellWorld {
    static final int READY = 0;
    private static final int WATCHERS = 8;
    private static final int FIRST_BELL = 128;
    private static final int BYTES_OF_PARTY = 1024;
    /** For tests in which one arms while another stands still. */
    Party late;

    Bell lateBell;

    static final long LIMIT_NANOS = 10_000_000_000L;

    final CrashWorld world = new CrashWorld(FIRST_BELL + 16 * BYTES_OF_PARTY);

    /** One that watches or rings. */
    static final class Party {
        final CrashParty party;
        final Watchers watchers;
        final Bells bells;

        private Party(CrashParty party) {
            this.party = party;
            this.watchers = new Watchers(party.participant(), party.memory(), WATCHERS);
            this.bells = party.participant()
                    .companion(Bells.class, participant -> new BellsInMemory(participant, party.memory()));
        }

        boolean isReady() {
            return party.memory().getLongVolatile(READY) != 0;
        }

        void makeReady() {
            party.memory().putLongVolatile(READY, 1);
            watchers.ringAfterCas();
        }

        void unmakeReady() {
            party.memory().putLongVolatile(READY, 0);
        }

        Bell bell() {
            return new Bell(bells);
        }

        /** Waits as a set does: what rang is looked at; after a death or a slice everything is. */
        boolean await(Bell bell, Deadline deadline) throws InterruptedException {
            Waiter waiter = Waiter.builder().repair(() -> looked = isReady()).build();
            while (!isReady()) {
                looked = false;
                bell.drain(line -> {});
                if (isReady()) {
                    return true;
                }
                if (!bell.await(waiter, () -> looked || bell.isRung(), deadline)) {
                    return isReady();
                }
            }
            return true;
        }

        private boolean looked;
    }

    Party join(CrashPoint point) {
        return new Party(CrashParty.join(world, point));
    }

    Party join() {
        return join(CrashPoint.never());
    }

    /** Its files are pieces of the world's memory. */
    private static final class BellsInMemory extends Bells {
        private final Memory memory;

        BellsInMemory(Participant participant, Memory memory) {
            super(participant);
            this.memory = memory;
        }

        @Override
        protected Memory create(int file) {
            return memory;
        }

        @Override
        protected Memory open(long party, int file) {
            return memory;
        }

        @Override
        protected long at(long party, int strip) {
            return FIRST_BELL + (long) PartyId.slot(party) * BYTES_OF_PARTY + (long) strip * BellLayout.STRIP_BYTES;
        }
    }
}
