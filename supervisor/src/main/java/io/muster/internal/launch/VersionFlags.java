package io.muster.internal.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What a child is given for the version of its JDK, where neither this JVM nor the user has said otherwise. */
final class VersionFlags {
    private static final String NATIVE_ACCESS = "--enable-native-access";
    private static final int WARNS_FROM = 24;
    private static final String SAMPLING = "-XX:PerfDataSamplingInterval=";
    private static final int SAMPLES_FROM = 17;
    private static final int SAMPLES_BEFORE = 24;
    private static final int SAMPLING_MILLIS = 1000;

    private VersionFlags() {}

    /**
     * Adds what is needed.
     *
     * @param words the child's options so far
     * @param home the child's JDK
     */
    static void addTo(List<String> words, Path home) {
        int feature = featureOf(home);
        if (feature >= WARNS_FROM && !has(words, NATIVE_ACCESS)) {
            // A JDK from 24 on prints four lines of warning when a child first sleeps in shared memory. The flag costs
            // some
            // 10 ms of the start, as the JVM then does without its archived module graph.
            words.add(NATIVE_ACCESS + "=ALL-UNNAMED");
        }
        if (feature >= SAMPLES_FROM && feature < SAMPLES_BEFORE && !has(words, SAMPLING)) {
            // Older JDKs wake up twenty times a second to sample what jstat reads: most of what an idle JVM takes.
            words.add(SAMPLING + SAMPLING_MILLIS);
        }
    }

    private static boolean has(List<String> words, String beginning) {
        return words.stream().anyMatch(word -> word.startsWith(beginning));
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
