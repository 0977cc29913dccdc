package io.muster.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which children start from what. */
class ArchiveFormTest {
    @TempDir
    Path directory;

    private Path jdk(String version) throws Exception {
        Path home = Files.createDirectories(directory.resolve(version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private ArchiveForm on25(String... own) throws Exception {
        return ArchiveForm.of(jdk("25.0.1"), List.of(own), List.of(), 64);
    }

    @Test
    void cachesAreForJdksThatHaveThem() throws Exception {
        assertEquals(ArchiveForm.CACHE, on25());
        assertEquals(ArchiveForm.LAYER, ArchiveForm.of(jdk("24.0.2"), List.of(), List.of(), 64));
        assertEquals(ArchiveForm.LAYER, ArchiveForm.of(directory, List.of(), List.of(), 64), "who knows");
    }

    @Test
    void andForOptionsThatMakeNoDifference() throws Exception {
        assertEquals(
                ArchiveForm.CACHE,
                on25("-XX:+UseSerialGC", "-Xss512k", "-Dkey=value", "-ea", "-XX:+ExitOnOutOfMemoryError"));
        for (String option : new String[] {
            "-XX:+UseZGC",
            "-XX:-UseCompressedOops",
            "-XX:+UseCompactObjectHeaders",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Djava.system.class.loader=Some",
            "-Xbootclasspath/a:x.jar",
            "-XX:SomethingNew=1"
        }) {
            assertEquals(ArchiveForm.LAYER, on25(option), option);
        }
    }

    @Test
    void whatIsInheritedHasTheOneThatMakesItToo() throws Exception {
        assertEquals(
                ArchiveForm.CACHE,
                ArchiveForm.of(jdk("25"), List.of(), List.of("--add-opens=java.base/java.nio=x"), 64));
        assertEquals(ArchiveForm.LAYER, ArchiveForm.of(jdk("25"), List.of(), List.of("-XX:+UseZGC"), 64));
    }

    @Test
    void largeHeapsHaveOtherPointers() throws Exception {
        assertEquals(ArchiveForm.CACHE, ArchiveForm.of(jdk("25"), List.of(), List.of(), 30 << 10));
        assertEquals(ArchiveForm.LAYER, ArchiveForm.of(jdk("25"), List.of(), List.of(), 32 << 10));
    }
}
