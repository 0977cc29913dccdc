package io.muster.ipc.memory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory {@code muster-<uid>} that holds the sessions of one user, and where it can be: where the property
 * {@code muster.dir} says and nowhere else, or under {@code /dev/shm}, or under the temp directory.
 *
 * <p>Others may have made it to read our memory, or to give us theirs: it must be a real directory, owned by us, closed
 * to everybody else, and lie where others cannot exchange it.
 */
final class BaseDirectory {
    static final String PROPERTY = "muster.dir";

    /** A place with less is passed over if another one has more. */
    private static final long ROOM_WANTED_BYTES = 32L << 20;

    private static final long ROOM_NEEDED_BYTES = 1L << 20;

    private final Path parent;
    private final Path path;
    private final long userId;
    private final boolean chosenByUser;

    private BaseDirectory(Path parent, long userId, boolean chosenByUser) {
        this.parent = parent;
        this.path = parent.resolve(
                "muster-" + (userId == DirectoryOwner.NO_USER ? System.getProperty("user.name") : userId));
        this.userId = userId;
        this.chosenByUser = chosenByUser;
    }

    /** All places, in order of preference. */
    static List<BaseDirectory> candidates() {
        long userId = DirectoryOwner.currentUser();
        List<BaseDirectory> candidates = new ArrayList<>();
        String chosen = System.getProperty(PROPERTY);
        if (chosen != null && !chosen.isEmpty()) {
            add(candidates, chosen, userId, true);
        } else {
            add(candidates, "/dev/shm", userId, false);
            add(candidates, System.getProperty("java.io.tmpdir"), userId, false);
        }
        return candidates;
    }

    private static void add(List<BaseDirectory> candidates, String parent, long userId, boolean chosenByUser) {
        Path real = Path.of(parent).toAbsolutePath();
        try {
            real = real.toRealPath();
        } catch (IOException e) {
            if (!chosenByUser) {
                return;
            }
        }
        candidates.add(new BaseDirectory(real, userId, chosenByUser));
    }

    /**
     * The first with room, made if need be; else the one with the most.
     *
     * @throws NoSpaceException if none has room
     * @throws PlaceException if none can be used; the message has the reason for each
     */
    static Path choose(List<BaseDirectory> candidates) {
        StringBuilder passedOver = new StringBuilder();
        BaseDirectory best = null;
        FreeSpace bestFree = null;
        for (BaseDirectory candidate : candidates) {
            String refusal = candidate.prepare();
            if (refusal != null) {
                passedOver.append("; ").append(refusal);
                continue;
            }
            FreeSpace free = FreeSpace.in(candidate.path);
            if (best == null || free.bytes() > bestFree.bytes()) {
                describe(passedOver, best, bestFree);
                best = candidate;
                bestFree = free;
            } else {
                describe(passedOver, candidate, free);
            }
            if (free.bytes() >= ROOM_WANTED_BYTES) {
                break;
            }
        }
        if (best == null) {
            throw new PlaceException(
                    "no place for shared memory" + passedOver + ". Name another: -D" + PROPERTY + "=DIR");
        }
        if (bestFree.bytes() < ROOM_NEEDED_BYTES) {
            throw NoSpaceException.in(best.path, ROOM_NEEDED_BYTES, bestFree, null);
        }
        if (passedOver.length() > 0) {
            System.getLogger(BaseDirectory.class.getName())
                    .log(System.Logger.Level.INFO, "shared memory lies in " + best.path + passedOver);
        }
        return best.path;
    }

    private static void describe(StringBuilder passedOver, BaseDirectory candidate, FreeSpace free) {
        if (candidate != null) {
            passedOver.append("; ").append(candidate.path).append(" has only ").append(free);
        }
    }

    Path path() {
        return path;
    }

    /** Whether it is there and safe to look into. */
    boolean isUsable() {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && refusal() == null;
    }

    /** Makes it if need be; returns why it cannot be used, or null. */
    private String prepare() {
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // Made before, by us or by somebody who should not have: looked at below.
        } catch (UnsupportedOperationException e) {
            return path + ": its file system has no owners and permissions";
        } catch (IOException e) {
            return "cannot make " + path + " (" + e + ")";
        }
        return refusal();
    }

    private String refusal() {
        try {
            String refusal = DirectoryOwner.refusal(path, userId);
            return refusal != null ? refusal : refusalOfParent();
        } catch (IOException e) {
            return "cannot look at " + path + " (" + e + ")";
        }
    }

    /** Where others may rename what is ours, what was checked a moment ago may be another directory now. */
    private String refusalOfParent() throws IOException {
        if (chosenByUser) {
            return NetworkFileSystems.refusal(parent);
        }
        int mode = (Integer) Files.getAttribute(parent, "unix:mode");
        boolean sticky = (mode & 01000) != 0;
        if (!sticky && (mode & 02) != 0) {
            return parent + " lets everybody exchange directories (mode " + Integer.toOctalString(mode & 07777)
                    + "): chmod +t it, or say -D" + PROPERTY + "=" + parent + " if all who can write there are trusted";
        }
        return parent.startsWith("/dev/shm") ? null : NetworkFileSystems.refusal(parent);
    }
}
