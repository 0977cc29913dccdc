package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of real processes, ended in real ways. */
class SessionProcessTest {
    @TempDir
    Path dir;

    private final List<TestJvm> jvms = new ArrayList<>();

    private TestJvm start() {
        TestJvm jvm = TestJvm.start(dir);
        jvms.add(jvm);
        return jvm;
    }

    /** A process that knows its session and has not touched it yet. */
    private TestJvm startChild(TestJvm parent, long id) {
        TestJvm child = start();
        assertEquals("ok", child.ask("inherit " + parent.ask("path") + " " + id));
        return child;
    }

    @AfterEach
    void killAll() {
        jvms.forEach(TestJvm::close);
    }

    private static List<String> sessions(Path base) {
        String[] names = base.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    @Test
    void orderlyExitOfTheRootRemovesItsSession() {
        TestJvm root = start();
        Path path = Path.of(root.ask("path"));
        root.ask("segment 100000");
        assertTrue(Files.isDirectory(path));
        root.send("exit");
        root.awaitEnd();
        assertEquals(List.of(), sessions(path.getParent()));
    }

    @Test
    void sessionIsForItsOwnerOnly() throws Exception {
        Path path = Path.of(start().ask("path"));
        assertEquals(0700, (Integer) Files.getAttribute(path, "unix:mode") & 07777);
        assertEquals(0700, (Integer) Files.getAttribute(path.getParent(), "unix:mode") & 07777);
    }

    @Test
    void sessionOfAKilledRootIsRemovedByTheNextRoot() {
        TestJvm killed = start();
        Path path = Path.of(killed.ask("path"));
        killed.ask("segment 100000");
        killed.killAndAwaitEnd();
        assertTrue(Files.isDirectory(path));
        Path next = Path.of(start().ask("path"));
        assertFalse(Files.exists(path));
        assertTrue(Files.exists(next));
    }

    @Test
    void dryRunSaysWhatItWouldRemoveAndLeavesIt() {
        TestJvm killed = start();
        Path path = Path.of(killed.ask("path"));
        TestJvm other = start();
        other.ask("path");
        assertEquals("0 []", other.ask("sweep dry"));
        killed.killAndAwaitEnd();
        String said = other.ask("sweep dry");
        assertTrue(said.startsWith("1 ") && said.contains(path.toString()), said);
        assertTrue(Files.exists(path));
        assertTrue(other.ask("sweep").startsWith("1 "));
        assertFalse(Files.exists(path));
    }

    @Test
    void childKilledAndReapedIsDeadToAll() {
        TestJvm root = start();
        long victim = root.askNumber("reserve victim");
        long sibling = root.askNumber("reserve sibling");
        TestJvm child = startChild(root, victim);
        TestJvm other = startChild(root, sibling);
        assertEquals(victim, child.askNumber("self"));
        assertEquals(sibling, other.askNumber("self"));
        assertEquals("ALIVE", other.ask("judge " + victim));
        child.killAndAwaitEnd();
        assertEquals("DEAD", root.ask("reaped " + victim));
        assertEquals("true", other.ask("dead " + victim));
        assertEquals(1, other.askNumber("deaths"));
    }

    @Test
    void childKilledIsFoundDeadByItsSiblingAlone() {
        TestJvm root = start();
        long victim = root.askNumber("reserve victim");
        TestJvm child = startChild(root, victim);
        TestJvm other = startChild(root, root.askNumber("reserve sibling"));
        child.ask("self");
        child.killAndAwaitEnd();
        assertEquals("DEAD", other.ask("judge " + victim));
        assertEquals("true", root.ask("dead " + victim));
    }

    @Test
    void stoppedProcessIsAlive() {
        TestJvm root = start();
        long id = root.askNumber("reserve stopped");
        TestJvm child = startChild(root, id);
        child.ask("self");
        child.stop();
        assertEquals("ALIVE", root.ask("judge " + id));
        assertEquals("ALIVE", root.ask("reaped " + id));
        child.signal("CONT");
        assertEquals("ALIVE", child.ask("judge " + root.ask("self")));
    }

    @Test
    void childThatTouchesNothingSharedMapsNothing() throws Exception {
        TestJvm root = start();
        long id = root.askNumber("reserve lean");
        TestJvm child = startChild(root, id);
        String session = root.ask("path");
        assertFalse(Files.readString(Path.of("/proc/" + child.pid() + "/maps")).contains(session));
        assertEquals("ALIVE", root.ask("judge " + id));
        child.ask("self");
        assertTrue(Files.readString(Path.of("/proc/" + child.pid() + "/maps")).contains(session));
    }

    @Test
    void childWhoseReservationWasGivenUpIsRefused() {
        TestJvm root = start();
        long id = root.askNumber("reserve slow");
        TestJvm child = startChild(root, id);
        assertEquals("DEAD", root.ask("reaped " + id));
        String refused = child.ask("self");
        assertTrue(refused.contains("PlaceException") && refused.contains("it is dead now"), refused);
    }

    @Test
    void sessionOfAKilledRootLivesAsLongAsAChildDoesAndGoesWithIt() {
        TestJvm root = start();
        Path path = Path.of(root.ask("path"));
        TestJvm child = startChild(root, root.askNumber("reserve child"));
        long rootId = root.askNumber("self");
        child.ask("self");
        root.killAndAwaitEnd();
        assertEquals("0 []", start().ask("sweep"));
        assertEquals("DEAD", child.ask("judge " + rootId));
        assertTrue(new File(child.ask("segment 1000")).exists(), "it goes on working");
        child.send("leave-and-halt");
        child.awaitEnd();
        assertFalse(Files.exists(path));
    }

    @Test
    void childThatNeverJoinedRemovesTheSessionOfItsKilledParent() {
        TestJvm root = start();
        Path path = Path.of(root.ask("path"));
        TestJvm child = startChild(root, root.askNumber("reserve child"));
        root.killAndAwaitEnd();
        child.send("leave-and-halt");
        child.awaitEnd();
        assertFalse(Files.exists(path));
    }

    @Test
    void allKilledTogetherAreSweptByTheNextStart() {
        TestJvm root = start();
        Path path = Path.of(root.ask("path"));
        List<TestJvm> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(startChild(root, root.askNumber("reserve child-" + i)));
            children.get(i).ask("self");
        }
        root.kill();
        children.forEach(TestJvm::kill);
        root.awaitEnd();
        children.forEach(TestJvm::awaitEnd);
        assertTrue(Files.exists(path));
        start().ask("path");
        assertFalse(Files.exists(path));
    }

    @Test
    void concurrentSweepersRemoveWhatIsDeadAndNothingElse() {
        List<Path> dead = new ArrayList<>();
        List<TestJvm> victims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            victims.add(start());
            dead.add(Path.of(victims.get(i).ask("path")));
        }
        victims.forEach(TestJvm::kill);
        victims.forEach(TestJvm::awaitEnd);
        List<TestJvm> sweepers = List.of(start(), start(), start());
        sweepers.forEach(sweeper -> sweeper.send("path"));
        List<String> alive = new ArrayList<>();
        for (TestJvm sweeper : sweepers) {
            alive.add(Path.of(sweeper.readLine()).getFileName().toString());
        }
        // A sweeper passes over what another one holds at that moment; so only when all are done is all gone.
        assertEquals(
                alive.stream().sorted().toList(),
                sessions(dead.get(0).getParent()).stream().sorted().toList());
    }

    @Test
    void processThatLosesItsLocksByAccidentIsNeitherDeadNorSwept() {
        TestJvm root = start();
        Path path = Path.of(root.ask("path"));
        long id = root.askNumber("reserve careless");
        TestJvm child = startChild(root, id);
        child.ask("self");
        root.ask("lose-lock");
        child.ask("lose-lock");
        assertEquals("ALIVE", root.ask("judge " + id));
        assertEquals("0 []", start().ask("sweep"));
        child.killAndAwaitEnd();
        assertEquals("DEAD", root.ask("judge " + id));
        root.killAndAwaitEnd();
        start().ask("path");
        assertFalse(Files.exists(path));
    }
}
