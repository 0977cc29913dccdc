package io.muster.ipc.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** File systems on which two mappings of a file, or two locks on it, need not agree: no ground for shared memory. */
final class NetworkFileSystems {
    private static final List<String> PREFIXES = List.of(
            "nfs",
            "cifs",
            "smb",
            "9p",
            "afs",
            "ceph",
            "gluster",
            "lustre",
            "gpfs",
            "fuse.sshfs",
            "fuse.gluster",
            "fuse.ceph");

    private NetworkFileSystems() {}

    /** Why nothing can be shared in that directory, or null if it can. */
    static String refusal(Path directory) throws IOException {
        String type = Files.getFileStore(directory).type();
        for (String prefix : PREFIXES) {
            if (type.startsWith(prefix)) {
                return directory + " is on a file system of type " + type + ", where shared memory is not coherent";
            }
        }
        return null;
    }
}
