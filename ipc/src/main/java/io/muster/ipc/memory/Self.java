package io.muster.ipc.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Who this process is, in the words by which another one can tell whether it is still there.
 *
 * @param pid as this process's own system calls say it
 * @param startTicks when it started, in the kernel's raw ticks since boot; the wall clock would move
 * @param pidNamespace inode of the namespace in which the pid means something; 0 where no other process can look us up
 * @param bootIdHigh which boot of the machine this is, first half; both halves are 0 where the kernel does not say
 * @param bootIdLow second half
 */
record Self(long pid, long startTicks, long pidNamespace, long bootIdHigh, long bootIdLow) {

    private static final class Holder {
        static final Self CURRENT = read();
    }

    static Self current() {
        return Holder.CURRENT;
    }

    /** Without {@code ProcessHandle}, whose class takes 10 ms to load. */
    private static Self read() {
        String status = SmallFile.readOrNull("/proc/self/status");
        ProcessStat stat = ProcessStat.readOrNull("/proc/self/stat");
        long pid = ownPid(status);
        // Where /proc shows another namespace than ours, others would look up somebody else under our pid.
        boolean canBeLookedUp = stat != null && stat.pid() == pid;
        String bootId = SmallFile.readOrNull("/proc/sys/kernel/random/boot_id");
        UUID boot = bootId == null || bootId.length() != 36 ? new UUID(0, 0) : UUID.fromString(bootId);
        return new Self(
                pid,
                canBeLookedUp ? stat.startTicks() : 0,
                canBeLookedUp ? namespace() : 0,
                boot.getMostSignificantBits(),
                boot.getLeastSignificantBits());
    }

    /** The last of the pids that the line {@code NSpid:} has, one for each namespace from that of /proc inwards. */
    private static long ownPid(String status) {
        int line = status == null ? -1 : status.indexOf("\nNSpid:");
        if (line < 0) {
            return ProcessHandle.current().pid();
        }
        int end = status.indexOf('\n', line + 1);
        String pids = status.substring(line, end < 0 ? status.length() : end).stripTrailing();
        return SmallFile.leadingNumber(pids, Math.max(pids.lastIndexOf('\t'), pids.lastIndexOf(' ')), -1);
    }

    private static long namespace() {
        try {
            return (Long) Files.getAttribute(Path.of("/proc/self/ns/pid"), "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 0;
        }
    }
}
