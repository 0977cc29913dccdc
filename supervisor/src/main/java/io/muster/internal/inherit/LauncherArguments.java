package io.muster.internal.inherit;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Reads the arguments of a {@code java} command up to its main class, as the launcher does: argument files expanded,
 * two-word options joined with {@code =}, class and module paths left out (they are {@link ClassPathFinder}'s).
 */
final class LauncherArguments {
    /** Options whose value is the next word, and which the JVM takes with {@code =} as well. */
    private static final Set<String> JOINED = Set.of(
            "--add-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--limit-modules",
            "--patch-module",
            "--upgrade-module-path",
            "--enable-native-access",
            "--illegal-native-access");

    /** Options with a next word that never reach a child. */
    private static final Set<String> SKIPPED =
            Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--source", "-d", "--describe-module");

    /** After one of these comes what is run. */
    private static final Set<String> LAST = Set.of("-jar", "-m", "--module");

    private final Charset charset;
    private final Deque<String> outer;
    private final Deque<String> inner = new ArrayDeque<>();
    private final List<String> options = new ArrayList<>();
    private boolean expandFiles = true;

    private LauncherArguments(List<String> arguments, Charset charset) {
        this.outer = new ArrayDeque<>(arguments);
        this.charset = charset;
    }

    /**
     * The options among {@code arguments}.
     *
     * @param arguments what follows the program's own name
     * @param charset of argument files: the launcher reads them as bytes, so it is that of the command line
     * @return one word for each option
     * @throws IOException if an argument file is gone or cannot be read
     */
    static List<String> optionsOf(List<String> arguments, Charset charset) throws IOException {
        LauncherArguments reader = new LauncherArguments(arguments, charset);
        reader.readOptions();
        return reader.options;
    }

    private void readOptions() throws IOException {
        for (String word = next(); word != null; word = next()) {
            if (!word.startsWith("-") || LAST.contains(word) || word.startsWith("--module=")) {
                return;
            }
            if (JOINED.contains(word)) {
                options.add(word + "=" + next());
            } else if (SKIPPED.contains(word)) {
                next();
            } else if (!word.startsWith("--class-path=") && !word.startsWith("--module-path=")) {
                options.add(word);
            }
        }
    }

    /** The next word, from the argument file that is being read if there is one: files do not nest. */
    private String next() throws IOException {
        if (!inner.isEmpty()) {
            return inner.pop();
        }
        String word = outer.poll();
        if (word == null || !expandFiles || !word.startsWith("@")) {
            if (word == null || !word.equals("--disable-@files")) {
                return word;
            }
            expandFiles = false;
            return next();
        }
        if (word.startsWith("@@")) {
            return word.substring(1);
        }
        inner.addAll(OptionWords.ofArgumentFile(Files.readString(Path.of(word.substring(1)), charset)));
        return next();
    }
}
