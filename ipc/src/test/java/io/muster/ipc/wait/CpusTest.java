package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpusTest {
    @TempDir
    Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void affinityDecidesNotTheJvmsShare() throws IOException {
        write("proc/self/status", "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t0-3,8,10-11\n");
        assertEquals(7, new Cpus(root).allowedCpus());
        assertEquals(Spinning.FREELY, new Cpus(root).measure());
    }

    @Test
    void aTightQuotaMeansOneCpu() throws IOException {
        write("proc/self/status", "Cpus_allowed_list:\t0-7\n");
        write("proc/self/cgroup", "0::/a/b\n");
        write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
        assertEquals(Spinning.FREELY, new Cpus(root).measure());
        write("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
        assertEquals(1.5, new Cpus(root).quotaCpus());
        assertEquals(Spinning.NEVER, new Cpus(root).measure());
        write("sys/fs/cgroup/a/cpu.max", "400000 100000\n");
        assertEquals(Spinning.FREELY, new Cpus(root).measure());
    }

    @Test
    void oldControlGroupsAreReadToo() throws IOException {
        write("proc/self/status", "Cpus_allowed_list:\t0-7\n");
        write("proc/self/cgroup", "4:memory:/x\n3:cpu,cpuacct:/docker/77\n0::/\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        assertEquals(0.5, new Cpus(root).quotaCpus());
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        assertEquals(Spinning.FREELY, new Cpus(root).measure());
    }

    @Test
    void withoutProcTheJvmIsAsked() {
        assertEquals(Runtime.getRuntime().availableProcessors(), new Cpus(root).allowedCpus());
    }

    @Test
    void oneThatIsBoundToACpuSpinsOnceInAWhileIfThereAreOthers() throws IOException {
        write("proc/self/status", "Cpus_allowed_list:\t3\n");
        assertEquals(Spinning.NEVER, new Cpus(root).measure());
        write("sys/devices/system/cpu/online", "0\n");
        assertEquals(Spinning.NEVER, new Cpus(root).measure());
        write("sys/devices/system/cpu/online", "0-7\n");
        assertEquals(Spinning.ONCE_IN_A_WHILE, new Cpus(root).measure());
    }
}
