package io.muster.ipc.memory;

import java.nio.file.Path;

/**
 * How session directories are called: {@code session-<pid>-<start ticks>-<random>}, with {@code .new-} before it until
 * it is complete. The root process can be looked up by its name alone, should the party table be unreadable.
 */
final class SessionName {
    private static final String PREFIX = "session-";

    private SessionName() {}

    static String of(Self root) {
        // Unique on its own among the living; the rest is for processes of other pid namespaces, and for old leftovers.
        String random = Long.toString(System.nanoTime() & Long.MAX_VALUE, Character.MAX_RADIX);
        return PREFIX + root.pid() + "-" + root.startTicks() + "-" + random;
    }

    static boolean isSession(Path directory) {
        return directory.getFileName().toString().startsWith(PREFIX);
    }

    static boolean isUnfinished(Path directory) {
        return directory.getFileName().toString().startsWith(Segment.UNFINISHED_PREFIX + PREFIX);
    }

    static long rootPid(Path directory) {
        return SmallFile.numberAfter(directory.getFileName().toString(), PREFIX, -1);
    }

    static long rootStartTicks(Path directory) {
        String name = directory.getFileName().toString();
        int first = name.indexOf('-', name.indexOf(PREFIX) + PREFIX.length());
        return first < 0 ? -1 : SmallFile.leadingNumber(name, first + 1, -1);
    }
}
