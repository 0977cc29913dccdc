package io.muster.shared.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.Manager;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.Place;
import io.muster.ipc.sync.SharedLock;
import io.muster.remote.RemoteRunnable;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named objects between a parent and its children: by name, as handles, and by a manager that travels. */
class ManagerChildrenTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    private static void run(RemoteRunnable work) throws InterruptedException {
        try (ChildProcess child = ChildProcess.named("child").start(work)) {
            child.join(LIMIT);
            assertTrue(
                    child.exitStatus().orElseThrow().isSuccess(),
                    () -> child.exitStatus().toString());
        }
    }

    @Test
    void sessionsNamesAreTheFamilys() throws Exception {
        try (Manager family = Manager.session()) {
            SharedMap<String, Long> counts = family.getMap("counts", String.class, Long.class);
            counts.put("n", 1L);
            run(() ->
                    Manager.session().getMap("counts", String.class, Long.class).merge("n", 41L, Long::sum));
            assertEquals(42L, counts.get("n"));
            run(() -> Manager.session().getLong("from the child").set(7));
            assertEquals(7, family.getLong("from the child").get(), "it stays when its maker has ended");
            family.remove("counts");
            family.remove("from the child");
        }
    }

    @Test
    void handlesToNamedObjectsTravelToChildrenThatKnowNothingOfThePlace() throws Exception {
        try (Manager manager = Manager.open(temp.resolve("place"))) {
            SharedMap<String, Long> counts = manager.getMap("counts", String.class, Long.class);
            run(() -> counts.put("a", 1L));
            assertEquals(1L, counts.get("a"));
            SharedLock lock = manager.getLock("lock");
            run(lock::lock);
            assertTrue(lock.tryLock(LIMIT), "the child ended holding it");
            assertTrue(lock.abandonedOwner().isPresent());
            lock.unlock();
            run(() -> manager.getIntArray("made there", 3).setVolatile(2, 5));
            assertEquals(5, manager.getIntArray("made there", 3).getVolatile(2));
        }
    }

    @Test
    void theEndOfAChildIsAnnouncedInThePlaceByItsParent() throws Exception {
        Path directory = temp.resolve("place");
        try (Manager manager = Manager.open(directory)) {
            SharedLock lock = manager.getLock("lock");
            Place place = Participants.at(directory.toRealPath().toString()).place();
            int deaths = place.deaths();
            run(lock::lock);
            assertEquals(deaths + 1, place.deaths(), "nobody has waited for anything there");
        }
    }

    @Test
    void closingTheManagerInAChildEndsNothingHere() throws Exception {
        try (Manager manager = Manager.open(temp.resolve("place"))) {
            SharedMap<String, Long> counts = manager.getMap("counts", String.class, Long.class);
            run(() -> {
                try (Manager same = manager) {
                    same.getMap("counts", String.class, Long.class).put("a", 1L);
                }
            });
            assertEquals(1L, counts.get("a"));
        }
    }
}
