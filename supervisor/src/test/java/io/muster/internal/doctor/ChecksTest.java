package io.muster.internal.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.internal.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks on a file system made up for them, and all of them on this machine. */
class ChecksTest {
    @TempDir
    private Path root;

    @Test
    void aSmallContainerIsNoted() throws IOException {
        write("proc/meminfo", "MemTotal:       16384000 kB\nMemFree: 1 kB");
        write("proc/self/cgroup", "0::/box/inner");
        write("sys/fs/cgroup/box/memory.max", "268435456");
        write("sys/fs/cgroup/box/inner/memory.max", "max");
        Finding finding = MemoryChecks.memory(new SystemFiles(root));
        assertEquals(Level.NOTE, finding.level());
        assertTrue(finding.text().contains("256 MiB, the limit of this container"), finding.text());
    }

    @Test
    void aLimitAboveWhatTheMachineHasIsNone() throws IOException {
        write("proc/meminfo", "MemTotal:       16384000 kB");
        write("proc/self/cgroup", "0::/box");
        write("sys/fs/cgroup/box/memory.max", "99999999999999");
        assertEquals(
                "16,000 MiB, all of the machine",
                MemoryChecks.memory(new SystemFiles(root)).text());
    }

    @Test
    void killingTheWholeGroupIsNoted() throws IOException {
        write("proc/self/cgroup", "0::/box");
        write("sys/fs/cgroup/box/memory.oom.group", "1");
        List<Finding> findings = new ArrayList<>();
        MemoryChecks.addTo(findings, new SystemFiles(root));
        assertTrue(findings.stream().anyMatch(each -> each.subject().equals("out of memory")));
    }

    @Test
    void lowLimitsAreNotedWithWhatRaisesThem() throws IOException {
        write(
                "proc/self/limits",
                "Limit                     Soft Limit           Hard Limit           Units\n"
                        + "Max processes             96365                96365                processes\n"
                        + "Max open files            256                  4096                 files\n");
        write("proc/self/cgroup", "0::/box");
        write("sys/fs/cgroup/box/pids.max", "100");
        write("proc/1/comm", "sleep");
        List<Finding> findings = new ArrayList<>();
        new LimitChecks(new SystemFiles(root), 42).addTo(findings);
        assertEquals("at most 256", of("open files", findings).text());
        assertEquals(Level.NOTE, of("open files", findings).level());
        assertEquals("at most 100", of("processes", findings).text());
        assertTrue(of("processes", findings).advice().contains("--pids-limit"));
        assertEquals(Level.NOTE, of("process 1", findings).level());
    }

    @Test
    void beingProcessOneIsNotedAndAnInitIsNot() throws IOException {
        List<Finding> asFirst = new ArrayList<>();
        new LimitChecks(new SystemFiles(root), 1).addTo(asFirst);
        assertTrue(of("process 1", asFirst).advice().contains("--init"));
        write("proc/1/comm", "tini");
        List<Finding> underInit = new ArrayList<>();
        new LimitChecks(new SystemFiles(root), 7).addTo(underInit);
        assertEquals(Level.OK, of("process 1", underInit).level());
    }

    @Test
    void withoutSharedMemoryTheTempDirectoryIsNamed() {
        assertEquals(
                Level.NOTE, MemoryChecks.sharedMemory(root.resolve("dev/shm")).level());
    }

    @Test
    void everythingThatIsNotFineComesWithAdvice() {
        List<Finding> findings = Examination.run();
        assertFalse(findings.isEmpty());
        for (Finding each : findings) {
            assertEquals(each.level() == Level.OK, each.advice().isEmpty(), each::toString);
        }
    }

    private static Finding of(String subject, List<Finding> findings) {
        return findings.stream()
                .filter(each -> each.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }
}
