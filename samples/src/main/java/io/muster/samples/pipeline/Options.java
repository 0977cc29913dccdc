package io.muster.samples.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was asked for on the command line. */
final class Options {
    static final String USAGE = """
            Usage: muster sample pipeline [--top N|all] [PATH...]
            Counts lines and words of files by stages of processes: read -> parse -> aggregate -> report. Queues of 16 places
            lie between them, so that a stage waits for the next one. A table shows how they get on, live on a terminal.
              PATH         files and directories; without any: the project's own tree
              --top N|all  how many of the most frequent words to print; default 10
            A word is a run of the letters a to z in upper or lower case. Files that cannot be read are named on stderr.""";

    private static final int DEFAULT_TOP = 10;

    final List<String> paths = new ArrayList<>();
    /** Names of directories that are not entered. */
    Set<String> skippedDirectories = Set.of();

    int top = DEFAULT_TOP;
    boolean help;

    private Options() {}

    /** Throws IllegalArgumentException for what it does not understand. */
    static Options parse(String... args) {
        Options options = new Options();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help", "-h" -> options.help = true;
                case "--top" -> options.top = top(++i < args.length ? args[i] : "");
                default -> options.addPath(args[i]);
            }
        }
        if (options.paths.isEmpty()) {
            options.takeOwnTree();
        }
        return options;
    }

    private void addPath(String path) {
        if (path.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + path);
        }
        if (!Files.isReadable(Path.of(path))) {
            throw new IllegalArgumentException(path + " is not there, or must not be read");
        }
        paths.add(path);
    }

    /** What bin/muster was started from, without what was not written by people. */
    private void takeOwnTree() {
        String home = System.getProperty("muster.home", "");
        paths.add(Files.isDirectory(Path.of(home)) ? home : "");
        skippedDirectories = Set.of("target", ".git");
    }

    private static int top(String value) {
        if (value.equals("all")) {
            return Integer.MAX_VALUE;
        }
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("--top needs a positive number or 'all', not '" + value + "'");
    }
}
