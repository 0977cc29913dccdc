package io.muster.testing;

import io.muster.LineHandler;
import java.util.ArrayList;
import java.util.List;

/** Collects what a child prints. Safe for use by any thread. */
public final class Lines implements LineHandler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void line(String childName, Stream stream, String line) {
        lines.add(line);
    }

    /** All so far. */
    public synchronized List<String> all() {
        return new ArrayList<>(lines);
    }

    /** Waits for a line that begins with {@code key} and a blank; what follows it. */
    public String await(String key) {
        String[] found = new String[1];
        Eventually.eventually(() -> (found[0] = find(key)) != null, () -> "a line '" + key + " ...' among " + all());
        return found[0];
    }

    private synchronized String find(String key) {
        for (String line : lines) {
            if (line.startsWith(key + " ")) {
                return line.substring(key.length() + 1);
            }
        }
        return null;
    }
}
