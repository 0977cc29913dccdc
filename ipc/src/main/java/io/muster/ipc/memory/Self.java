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

    static Self current() {
        long pid = ProcessHandle.current().pid();
        ProcessStat stat = ProcessStat.readOrNull("/proc/self/stat");
        String bootId = SmallFile.readOrNull("/proc/sys/kernel/random/boot_id");
        UUID boot = bootId == null || bootId.length() != 36 ? new UUID(0, 0) : UUID.fromString(bootId);
        // Where /proc shows another namespace than ours, others would look up somebody else under our pid.
        boolean canBeLookedUp = stat != null && stat.pid() == pid;
        return new Self(
                pid,
                canBeLookedUp ? stat.startTicks() : 0,
                canBeLookedUp ? namespace() : 0,
                boot.getMostSignificantBits(),
                boot.getLeastSignificantBits());
    }

    /** The link reads {@code pid:[4026531836]}. */
    private static long namespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return SmallFile.leadingNumber(link, link.indexOf('[') + 1, 0);
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }
}
