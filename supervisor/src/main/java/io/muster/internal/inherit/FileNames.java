package io.muster.internal.inherit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the files of one child are named, so that no two processes write the same one.
 *
 * @param base what relative paths are relative to: the parent's working directory, as the child may have another
 * @param childName for files whose writer does not know {@code %p}
 */
record FileNames(Path base, String childName) {
    /** The path, absolute. */
    String absolute(String path) {
        return base.resolve(path).toString();
    }

    /** The path, absolute and with the pid in it: {@code gc.log} becomes {@code /logs/gc-%p.log}. */
    String perProcess(String path) {
        return absolute(path.contains("%p") ? path : insert(path, "-%p"));
    }

    /** The path, absolute and with the child's name in it. */
    String perChild(String path) {
        return absolute(insert(path, "-" + fileSafe(childName)));
    }

    /** The directory of a file, or the path itself if it is a directory: whoever writes there adds the pid. */
    String directoryOf(String path) {
        Path absolute = base.resolve(path);
        if (Files.isDirectory(absolute) || absolute.getParent() == null) {
            return absolute.toString();
        }
        return absolute.getParent().toString();
    }

    private static String insert(String path, String what) {
        int name = Math.max(path.lastIndexOf('/'), path.lastIndexOf(File.separatorChar)) + 1;
        int dot = path.lastIndexOf('.');
        int at = dot > name ? dot : path.length();
        return path.substring(0, at) + what + path.substring(at);
    }

    private static String fileSafe(String name) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            safe.append(plain || c == '.' || c == '-' ? c : '_');
        }
        return safe.toString();
    }
}
