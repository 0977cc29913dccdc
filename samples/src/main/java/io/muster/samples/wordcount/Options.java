package io.muster.samples.wordcount;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was asked for on the command line. */
final class Options {
    static final String USAGE = """
            Usage: muster sample wordcount [--workers N] [--top N|all] [--json] [--follow-links] [PATH...]
            Counts the words in files and directories, plain and gzip (*.gz), with all cores.
              PATH            files and directories; without any: the project's own tree
              --workers N     how many JVMs count; default: the processors that may be used
              --top N|all     how many of the most frequent words to print; default 10
              --json          print one JSON object
              --follow-links  also go through symbolic links found on the way; each file is still counted once
            A word is a maximal run of letters in UTF-8, lower-cased; all else, also bytes that are not UTF-8, is between
            words. Files that cannot be read are reported on stderr; the exit code is 1 if a named PATH is among them.""";

    private static final int DEFAULT_TOP = 10;

    final List<Path> paths = new ArrayList<>();
    /** Names of directories that are not entered. */
    Set<String> skippedDirectories = Set.of();
    /** 0: as many as there are processors. */
    int workers;

    int top = DEFAULT_TOP;
    boolean json;
    boolean followLinks;
    boolean help;

    private Options() {}

    /** Throws IllegalArgumentException for what it does not understand. */
    static Options parse(String... args) {
        Options options = new Options();
        boolean onlyPaths = false;
        for (int i = 0; i < args.length; i++) {
            if (onlyPaths || !args[i].startsWith("-") || args[i].equals("-")) {
                options.paths.add(Path.of(args[i]));
                continue;
            }
            int equals = args[i].startsWith("--") ? args[i].indexOf('=') : -1;
            String name = equals < 0 ? args[i] : args[i].substring(0, equals);
            boolean takesValue = name.equals("--workers") || name.equals("--top");
            if (takesValue && equals < 0 && i + 1 == args.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            String value = !takesValue ? null : equals < 0 ? args[++i] : args[i].substring(equals + 1);
            switch (name) {
                case "--workers" -> options.workers = positive(name, value);
                case "--top" -> options.top = value.equals("all") ? Integer.MAX_VALUE : positive(name, value);
                case "--json" -> options.json = true;
                case "--follow-links" -> options.followLinks = true;
                case "--help", "-h" -> options.help = true;
                case "--" -> onlyPaths = true;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (options.paths.isEmpty()) {
            options.takeOwnTree();
        }
        return options;
    }

    /** What bin/muster was started from, without what was not written by people. */
    private void takeOwnTree() {
        Path home = Path.of(System.getProperty("muster.home", ""));
        paths.add(Files.isDirectory(home) ? home : Path.of(""));
        skippedDirectories = Set.of("target", ".git");
    }

    private static int positive(String name, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(name + "=" + value + " is not a number from 1 on");
    }
}
