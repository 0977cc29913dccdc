package io.muster.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Another JDK of this machine, looked for where {@code .ci/run} looks. */
public final class OtherJdk {
    private static final int OLDEST = 17;
    private static final List<String> PARENTS = List.of(
            "/usr/lib/jvm",
            "/usr/java",
            "/opt/java",
            "/opt",
            "/usr/local",
            home(".sdkman/candidates/java"),
            home(".jdks"));

    private OtherJdk() {}

    /** The home of the first whose major version is not this JVM's; where there is none, the test is skipped. */
    public static Path find() {
        for (Path home : candidates()) {
            int version = version(home);
            if (version >= OLDEST && version != Runtime.version().feature()) {
                return home;
            }
        }
        assumeTrue(
                false, "no second JDK (" + OLDEST + " or newer, other than " + Runtime.version() + ") in " + PARENTS);
        throw new AssertionError("skipped");
    }

    /** The major version of the JDK in that directory; 0 if there is no telling. */
    public static int version(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return 0;
        }
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() ? 0 : Runtime.Version.parse(version).feature();
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        if (System.getenv("JAVA_HOME") != null) {
            candidates.add(Path.of(System.getenv("JAVA_HOME")));
        }
        for (String parent : PARENTS) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(parent))) {
                entries.forEach(candidates::add);
            } catch (IOException e) {
                // Not there.
            }
        }
        return candidates;
    }

    private static String home(String directory) {
        return Path.of(System.getProperty("user.home"), directory).toString();
    }
}
