package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.Witness.Testimony;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcWitnessTest {
    private final Self self = Self.current();
    private final Witness witness = new ProcWitness(self);

    @Test
    void knowsItself() {
        assertEquals(ProcessHandle.current().pid(), self.pid());
        assertEquals(Testimony.RUNS, witness.of(self.pid(), self.startTicks(), self.pidNamespace()));
    }

    @Test
    void anotherProcessUnderTheSamePidIsNotIt() {
        assertEquals(Testimony.GONE, witness.of(self.pid(), self.startTicks() + 1, self.pidNamespace()));
    }

    @Test
    void pidOfNobodyIsGone() {
        assertEquals(Testimony.GONE, witness.of(1L << 22, 1, self.pidNamespace()));
    }

    @Test
    void otherNamespaceIsNotVisible() {
        assertEquals(Testimony.NOT_VISIBLE, witness.of(self.pid(), self.startTicks(), self.pidNamespace() + 1));
        assertEquals(Testimony.NOT_VISIBLE, witness.of(self.pid(), self.startTicks(), 0));
    }

    @Test
    void deadButUnreapedProcessIsGone() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessStat stat = ProcessStat.readOrNull("/proc/" + process.pid() + "/stat");
        assertEquals(Testimony.RUNS, witness.of(process.pid(), stat.startTicks(), self.pidNamespace()));
        assertFalse(Pids.isGone(process.pid()));
        process.destroyForcibly().waitFor();
        assertEquals(Testimony.GONE, witness.of(process.pid(), stat.startTicks(), self.pidNamespace()));
        assertTrue(Pids.isGone(process.pid()));
    }

    @Test
    void lineIsReadWhateverTheProgramIsCalled() {
        String rest = " S 1 2 3 4 5 4194304 7 8 9 10 11 12 13 14 15 16 17 18 123456 20 21";
        for (String name : new String[] {"java", "a b", "a) S 9 (", ")", ""}) {
            ProcessStat stat = ProcessStat.parse("42 (" + name + ")" + rest);
            assertEquals(new ProcessStat(42, 'S', 4194304, 123456), stat);
            assertTrue(stat.mayRun());
        }
        assertNull(ProcessStat.parse("42 (cut) S 1 2 3"));
        assertNull(ProcessStat.parse(""));
    }

    @Test
    void zombieAndExitingThreadsDoNotRunAndStoppedOnesMay() {
        assertFalse(new ProcessStat(1, 'Z', 0, 1).mayRun());
        assertFalse(new ProcessStat(1, 'R', 4, 1).mayRun());
        assertTrue(new ProcessStat(1, 'T', 0, 1).mayRun());
        assertTrue(new ProcessStat(1, 'D', 0, 1).mayRun());
    }

    @Test
    void tightestControlGroupCounts(@TempDir Path root) throws Exception {
        group(root.resolve("a"), "1000000", "900000", "inactive_file 200000\n");
        group(root.resolve("a/b"), "max", "5", "inactive_file 0\n");
        assertEquals(300_000, MemoryLimit.of("0::/a/b\n", root.toString()).remainingBytes());
        assertEquals(Long.MAX_VALUE, MemoryLimit.of("0::/c\n", root.toString()).remainingBytes());
    }

    private static void group(Path path, String max, String current, String stat) throws Exception {
        Files.createDirectories(path);
        Files.writeString(path.resolve("memory.max"), max + "\n");
        Files.writeString(path.resolve("memory.current"), current + "\n");
        Files.writeString(path.resolve("memory.stat"), "anon 5\n" + stat);
    }

    @Test
    void olderControlGroupsCountToo(@TempDir Path root) throws Exception {
        Path path = Files.createDirectories(root.resolve("memory/x"));
        Files.writeString(path.resolve("memory.limit_in_bytes"), "5000\n");
        Files.writeString(path.resolve("memory.usage_in_bytes"), "4000\n");
        assertEquals(
                1000, MemoryLimit.of("4:memory:/x\n0::/\n", root.toString()).remainingBytes());
        Files.writeString(path.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
        assertEquals(
                Long.MAX_VALUE, MemoryLimit.of("4:memory:/x\n", root.toString()).remainingBytes());
    }
}
