package io.muster.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the kernel says in its small files, under {@code /} or, in tests, under another directory. */
final class SystemFiles {
    private final Path root;

    SystemFiles(Path root) {
        this.root = root;
    }

    Path path(String file) {
        return root.resolve(file);
    }

    /** The file's text without white space around it; empty if it cannot be read. */
    Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What a file of this process's control group says, from its own group upwards; version 2 only. */
    List<String> readControlGroup(String file) {
        List<String> values = new ArrayList<>();
        String group = read("proc/self/cgroup")
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith("0::")).findFirst())
                .map(line -> line.substring("0::".length()))
                .orElse("/");
        for (Path at = Path.of(group); at != null; at = at.getParent()) {
            Path relative = Path.of("sys/fs/cgroup")
                    .resolve(Path.of("/").relativize(at))
                    .resolve(file);
            read(relative.toString()).ifPresent(values::add);
        }
        return values;
    }

    /** The soft value of a line of {@code /proc/self/limits}; empty if it is not there or unlimited. */
    Optional<Long> limit(String name) {
        return read("proc/self/limits")
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith(name)).findFirst())
                .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
                .filter(value -> value.chars().allMatch(Character::isDigit))
                .map(Long::valueOf);
    }
}
