package io.muster.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.PlaceException;
import io.muster.ipc.memory.PlaceView;
import io.muster.ipc.memory.TestJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that know nothing of each other meet in a place, are killed there, and come again. */
class ManagerProcessTest {
    @TempDir
    Path temp;

    private final List<TestJvm> jvms = new ArrayList<>();

    private TestJvm start() {
        TestJvm jvm = TestJvm.start(temp, ManagerMain.class);
        jvms.add(jvm);
        jvm.ask("open " + place());
        return jvm;
    }

    private Path place() {
        return temp.resolve("place");
    }

    @AfterEach
    void killAll() {
        jvms.forEach(TestJvm::close);
    }

    @Test
    void twoProgramsMeetByNameInOnePlace() {
        TestJvm first = start();
        TestJvm second = start();
        first.send("open orders");
        second.send("open orders");
        String path = first.readLine();
        assertEquals(path, second.readLine());
        assertTrue(path.endsWith("/place-orders"), path);
        assertEquals("null", first.ask("put a 1"));
        assertEquals("1", second.ask("put a 2"));
        assertEquals("2", first.ask("get a"));
    }

    @Test
    void noUpdateIsLostAndOneIsKilled() {
        TestJvm first = start();
        TestJvm second = start();
        TestJvm victim = start();
        first.send("count-up n 20000");
        second.send("count-up n 20000");
        victim.send("count-up other 100000000");
        assertEquals("done", first.readLine());
        victim.killAndAwaitEnd();
        assertEquals("done", second.readLine());
        assertEquals("40000", second.ask("get n"));
        assertTrue(second.askNumber("get other") > 0);
    }

    @Test
    void dataAndTypesOutliveAllProcesses() {
        TestJvm maker = start();
        maker.ask("put a 41");
        maker.ask("append x");
        maker.ask("set 3 7");
        maker.killAndAwaitEnd();
        TestJvm heir = start();
        assertEquals("[array, counts, list]", heir.ask("names"));
        assertEquals("41", heir.ask("get a"));
        assertEquals("[x]", heir.ask("list"));
        assertEquals("7", heir.ask("element 3"));
        String refused = heir.ask("wrong-types");
        assertTrue(
                refused.contains("WrongObjectException")
                        && refused.contains("SharedMap<java.lang.String, java.lang.Long>")
                        && refused.contains("SharedMap<java.lang.Long, java.lang.String>"),
                refused);
    }

    @Test
    void whatAKilledProcessHeldIsFreeForTheNextProgram() {
        TestJvm owner = start();
        assertEquals("true", owner.ask("lock 0"));
        assertEquals("true", owner.ask("acquire"));
        TestJvm waiter = start();
        assertEquals("false", waiter.ask("lock 0"));
        assertEquals("2", waiter.ask("permits"));
        waiter.send("lock 30");
        owner.killAndAwaitEnd();
        assertEquals("true", waiter.readLine());
        assertEquals("true 2", waiter.ask("abandoned"));
        assertEquals("3", waiter.ask("permits"));
    }

    @Test
    void afterARebootLocksAreFreeAndDataIsThere() throws IOException {
        TestJvm before = start();
        assertEquals("true", before.ask("lock 0"));
        assertEquals("true", before.ask("acquire"));
        before.ask("put a 1");
        assertEquals("ok", before.ask("force"));
        before.killAndAwaitEnd();
        // Another boot id, and a process that has the pid of one of before.
        try (RandomAccessFile table =
                new RandomAccessFile(place().resolve("table").toFile(), "rw")) {
            table.seek(64);
            table.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        }
        TestJvm first = start();
        TestJvm second = start();
        assertEquals("1", first.ask("get a"));
        assertEquals("3", second.ask("permits"));
        assertEquals("true", first.ask("lock 0"));
        assertEquals("true 2", first.ask("abandoned"));
        assertEquals("false", second.ask("lock 0"), "they see each other alive");
    }

    @Test
    void removedWhileAnotherUsesItIsClosedThere() {
        TestJvm user = start();
        TestJvm remover = start();
        user.ask("put a 1");
        user.ask("lock 0");
        remover.send("lock 60");
        assertEquals("true", user.ask("remove lock"));
        String told = remover.readLine();
        assertTrue(told.contains("ClosedObjectException") || told.equals("true"), told);
        assertEquals("true", remover.ask("remove counts"));
        assertEquals("null", user.ask("get a"), "another map");
    }

    @Test
    void looksFromOutsideAndRemovalsOnlyOfWhatNobodyUses() {
        TestJvm user = start();
        user.ask("put a 1");
        PlaceInspector.Report report = PlaceInspector.look(place().toString());
        assertTrue(report.view().named());
        assertEquals(1, report.view().living().size());
        assertEquals(user.pid(), report.view().occupants().get(0).party().pid());
        assertEquals(PlaceView.Life.RUNS, report.view().occupants().get(0).life());
        assertEquals("counts", report.named().get(0).name());
        assertEquals(user.pid(), report.named().get(0).makerPid());
        assertEquals(List.of(), report.unnamed());
        String refused = assertThrows(PlaceException.class, () -> PlaceInspector.remove(place().toString(), false))
                .getMessage();
        assertTrue(refused.contains("is in use by 'io.muster.ipc.ManagerMain' (pid " + user.pid()), refused);
        assertThrows(PlaceException.class, () -> PlaceInspector.remove(place().toString(), "counts", false));
        assertEquals("1", user.ask("get a"), "nothing was removed");
        user.killAndAwaitEnd();
        assertEquals(List.of(), PlaceInspector.look(place().toString()).view().living());
        PlaceInspector.remove(place().toString(), false);
        assertFalse(Files.exists(place()));
        assertThrows(PlaceException.class, () -> PlaceInspector.look(place().toString()));
    }

    @Test
    void forcedRemovalClosesWhatOthersUseAndTheyCanMakeItAnew() {
        TestJvm user = start();
        user.ask("put a 1");
        user.ask("lock 0");
        TestJvm waiter = start();
        waiter.send("lock 60");
        user.ask("append x");
        PlaceInspector.remove(place().toString(), true);
        assertFalse(Files.exists(place()));
        assertTrue(waiter.readLine().contains("ClosedObjectException"));
        assertEquals(place().toString(), user.ask("open " + place()));
        assertEquals("null", user.ask("get a"));
        waiter.ask("open " + place());
        user.ask("put b 2");
        assertEquals("2", waiter.ask("get b"));
    }

    @Test
    @Tag("storm")
    void placesGoOnWhileTheirProcessesAreKilledAgainAndAgain() throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        TestJvm survivor = start();
        int round = 0;
        while (System.nanoTime() < end) {
            TestJvm victim = TestJvm.start(temp, ManagerMain.class);
            jvms.add(victim);
            victim.send("open " + place());
            victim.send("append " + round);
            victim.send("lock 0");
            victim.send("count-up n 1000000");
            for (int i = 0; i < 200; i++) {
                victim.send("remove array");
                victim.send("set 1 1");
            }
            Thread.sleep(50 + (round * 37) % 900); // the kill shall hit anywhere
            victim.killAndAwaitEnd();
            jvms.remove(victim);
            long before = round == 0 ? 0 : survivor.askNumber("get kept");
            survivor.ask("count-up kept 10");
            assertEquals(before + 10, survivor.askNumber("get kept"));
            assertEquals("ok", survivor.ask("set 2 " + round));
            assertEquals(String.valueOf(round), survivor.ask("element 2"));
            assertEquals("true", survivor.ask("lock 5"));
            assertEquals("ok", survivor.ask("unlock"));
            round++;
        }
        assertTrue(round > 10, "rounds: " + round);
    }
}
