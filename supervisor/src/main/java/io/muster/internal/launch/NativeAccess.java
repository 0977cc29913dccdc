package io.muster.internal.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * The flag without which a JDK from 24 on prints four lines of warning when a child first sleeps in shared memory. It costs
 * such a child some 10 ms of its start, as the JVM then does without its archived module graph.
 */
final class NativeAccess {
    private static final String FLAG = "--enable-native-access";
    private static final int WARNS_FROM = 24;

    private NativeAccess() {}

    /**
     * Adds the flag where it is needed.
     *
     * @param words the child's options so far
     * @param home the child's JDK
     */
    static void addTo(List<String> words, Path home) {
        for (String word : words) {
            if (word.startsWith(FLAG)) {
                return;
            }
        }
        if (featureOf(home) >= WARNS_FROM) {
            words.add(FLAG + "=ALL-UNNAMED");
        }
    }

    /** The first number of a JDK's version; 0 if its {@code release} file does not tell. */
    static int featureOf(Path home) {
        if (home.equals(Path.of(System.getProperty("java.home")))) {
            return Runtime.version().feature();
        }
        var release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
            String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
            return Runtime.Version.parse(version).feature();
        } catch (IOException | IllegalArgumentException unknown) {
            return 0;
        }
    }
}
