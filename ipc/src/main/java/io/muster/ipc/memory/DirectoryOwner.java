package io.muster.ipc.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** In whose hands a directory is: what others can read or exchange is no place for shared memory. */
public final class DirectoryOwner {
    static final long NO_USER = -1;

    private DirectoryOwner() {}

    /** The user id of this process, or {@link #NO_USER} where the system does not say. */
    static long currentUser() {
        return SmallFile.numberAfter(SmallFile.readOrNull("/proc/self/status"), "\nUid:", NO_USER);
    }

    /**
     * Whether a directory is this user's and closed to all others.
     *
     * @throws IOException if it cannot be looked at
     */
    public static boolean isPrivate(Path directory) throws IOException {
        return refusal(directory, currentUser()) == null;
    }

    /** Why it is not ours alone, or null if it is. */
    static String refusal(Path directory, long userId) throws IOException {
        Map<String, Object> found = Files.readAttributes(directory, "unix:uid,mode,owner", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) found.get("mode");
        if ((mode & 0170000) != 0040000) {
            return directory + " is not a directory but a link or file, made by " + found.get("owner") + ": remove it";
        }
        String foreign = foreign(directory, found, userId);
        if (foreign != null) {
            return foreign;
        }
        if ((mode & 077) != 0) {
            return directory + " is open to others (mode " + Integer.toOctalString(mode & 07777) + "): chmod 700 it";
        }
        return null;
    }

    /** Why a file in a directory of ours is not ours, or null if it is. */
    static String refusalOfFile(Path file, long userId) throws IOException {
        return foreign(file, Files.readAttributes(file, "unix:uid,owner", LinkOption.NOFOLLOW_LINKS), userId);
    }

    private static String foreign(Path path, Map<String, Object> found, long userId) {
        int uid = (Integer) found.get("uid");
        return userId == NO_USER || uid == (int) userId
                ? null
                : path + " belongs to user " + found.get("owner") + " (uid " + uid + "), not to this one (uid " + userId
                        + "): it could read and change all that is shared";
    }
}
