package io.muster.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a child gets depends on its own JDK, and what the user said comes first. */
class VersionFlagsTest {
    private static final String SAMPLING = "-XX:PerfDataSamplingInterval=1000";
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    private Path home;

    private List<String> flagsOf(String version, String... given) throws Exception {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        List<String> words = new ArrayList<>(List.of(given));
        VersionFlags.addTo(words, home);
        return words;
    }

    @ParameterizedTest
    @CsvSource({"17.0.15", "21", "23.0.1"})
    void anOlderJdkSamplesLessOften(String version) throws Exception {
        assertEquals(List.of(SAMPLING), flagsOf(version));
    }

    @ParameterizedTest
    @CsvSource({"24", "25.0.3"})
    void aNewerJdkIsToldThatWeCallNativeCode(String version) throws Exception {
        assertEquals(List.of(NATIVE_ACCESS), flagsOf(version));
    }

    @Test
    void whatTheUserSaidStays() throws Exception {
        assertEquals(List.of("-XX:PerfDataSamplingInterval=20"), flagsOf("17.0.1", "-XX:PerfDataSamplingInterval=20"));
        assertEquals(List.of("--enable-native-access=a.b"), flagsOf("25", "--enable-native-access=a.b"));
    }

    @Test
    void aJdkThatDoesNotTellItsVersionGetsNothing() throws Exception {
        assertEquals(List.of(), flagsOf("seventeen"));
        Files.delete(home.resolve("release"));
        List<String> words = new ArrayList<>();
        VersionFlags.addTo(words, home);
        assertEquals(List.of(), words);
    }
}
