package io.muster.shared.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the children of one test have written down, and whether it can have been so. */
final class Story {
    private final Path directory;
    private int files;

    Story(Path directory) {
        this.directory = directory;
    }

    Path file(String name) {
        return directory.resolve(name + "-" + ++files + ".log");
    }

    /** The whole lines of all files of that kind. */
    List<String> lines(String kind) {
        try (Stream<Path> all = Files.list(directory)) {
            List<String> lines = new ArrayList<>();
            for (Path file : all.filter(each -> each.getFileName().toString().startsWith(kind + "-"))
                    .toList()) {
                String text = Files.readString(file);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was appended was acknowledged, once. */
    void assertWorkIsDone() {
        Set<String> appended = new HashSet<>(lines("produced"));
        Map<String, Integer> acknowledged = new HashMap<>();
        Set<String> given = new HashSet<>();
        for (String line : lines("consumed")) {
            String entry = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("acked")) {
                acknowledged.merge(entry, 1, Integer::sum);
            } else {
                given.add(entry);
            }
        }
        Set<String> lost = new HashSet<>(appended);
        lost.removeAll(given);
        assertEquals(Set.of(), lost, "appended and never given to anybody, of " + appended.size());
        acknowledged.forEach((entry, times) -> assertEquals(1, times, entry + " was acknowledged more than once"));
        assertTrue(given.size() >= appended.size());
    }

    /** Within each consumer's own story nothing is given after it was acknowledged by it. */
    void assertNothingComesBackAfterItsAcknowledgement() {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.filter(each -> each.getFileName().toString().startsWith("consumed-"))
                    .toList()) {
                Set<String> acknowledged = new HashSet<>();
                for (String line : Files.readAllLines(file)) {
                    String entry = line.substring(line.indexOf(' ') + 1);
                    if (line.startsWith("acked")) {
                        acknowledged.add(entry);
                    } else {
                        assertTrue(!acknowledged.contains(entry), entry + " was given again in " + file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
