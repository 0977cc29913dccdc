package io.muster.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the kernel's counts is believed, with files as the kernels of both versions of control groups have them. */
class KernelOomTest {
    private static final String EVENTS = "low 0\nhigh 12\nmax 7\noom 3\noom_kill %d\noom_group_kill 1\n";
    private static final String CONTROL = "oom_kill_disable 0\nunder_oom 0\noom_kill %d\n";
    private static final String VMSTAT = "nr_free_pages 1\noom_kill %d\n";

    @TempDir
    Path root;

    @BeforeEach
    void machine() throws IOException {
        write("proc/vmstat", VMSTAT, 100);
    }

    private void write(String file, String text, Object... values) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text.formatted(values));
    }

    @Test
    void eachKillingOfTheGroupIsClaimedOnce() throws IOException {
        write("proc/self/cgroup", "0::/box/app\n");
        write("sys/fs/cgroup/box/app/memory.events", EVENTS, 4);
        KernelOom kernel = new KernelOom(root);
        assertNull(kernel.claim());
        write("sys/fs/cgroup/box/app/memory.events", EVENTS, 6);
        assertEquals(
                "the count oom_kill in " + root + "/sys/fs/cgroup/box/app/memory.events rose to 6", kernel.claim());
        assertNotNull(kernel.claim());
        assertNull(kernel.claim());
    }

    /** {@code memory.oom.group} makes the kernel kill all of a group at once: each process counts, and the group apart. */
    @Test
    void aGroupThatIsKilledWholeGivesEvidenceForEachOfItsProcesses() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/memory.oom.group", "1\n");
        write("sys/fs/cgroup/memory.events", "oom_kill 0\noom_group_kill 0\n");
        KernelOom kernel = new KernelOom(root);
        write("sys/fs/cgroup/memory.events", "oom_kill 2\noom_group_kill 1\n");
        assertNotNull(kernel.claim());
        assertNotNull(kernel.claim());
        assertNull(kernel.claim());
    }

    @Test
    void killingsInOtherGroupsAreNoEvidence() throws IOException {
        write("proc/self/cgroup", "0::/box\n");
        write("sys/fs/cgroup/box/memory.events", EVENTS, 0);
        KernelOom kernel = new KernelOom(root);
        write("proc/vmstat", VMSTAT, 101);
        assertNull(kernel.claim());
    }

    @Test
    void theOldControlGroupsAreRead() throws IOException {
        write("proc/self/cgroup", "5:cpu,cpuacct:/\n4:memory:/docker/0123\n0::/\n");
        write("sys/fs/cgroup/memory/memory.oom_control", CONTROL, 1);
        KernelOom mountedAtTheTop = new KernelOom(root);
        write("sys/fs/cgroup/memory/memory.oom_control", CONTROL, 2);
        assertNotNull(mountedAtTheTop.claim());
        write("sys/fs/cgroup/memory/docker/0123/memory.oom_control", CONTROL, 7);
        KernelOom named = new KernelOom(root);
        write("sys/fs/cgroup/memory/memory.oom_control", CONTROL, 3);
        assertNull(named.claim());
        write("sys/fs/cgroup/memory/docker/0123/memory.oom_control", CONTROL, 8);
        assertNotNull(named.claim());
    }

    @Test
    void theMachinesCountIsTakenWhereTheGroupHasNone() throws IOException {
        write("proc/self/cgroup", "4:memory:/\n");
        write("sys/fs/cgroup/memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\n");
        KernelOom kernel = new KernelOom(root);
        write("proc/vmstat", VMSTAT, 101);
        assertEquals("the count oom_kill in " + root + "/proc/vmstat rose to 101", kernel.claim());
    }

    @Test
    void withoutAnyCountThereIsNoEvidence() throws IOException {
        write("proc/vmstat", "nr_free_pages 1\n");
        assertNull(new KernelOom(root).claim());
        write("proc/vmstat", "oom_kill many\n");
        assertNull(new KernelOom(root).claim());
        Files.delete(root.resolve("proc/vmstat"));
        assertNull(new KernelOom(root).claim());
    }
}
