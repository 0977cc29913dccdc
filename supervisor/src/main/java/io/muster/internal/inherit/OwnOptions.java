package io.muster.internal.inherit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options this JVM was started with, from its command line and from the environment, in the order in which they took
 * effect. Read from {@code /proc/self/cmdline} where this JVM was started by the {@code java} launcher: that takes well
 * under a millisecond, the management classes 15 to 40. They are asked where the command line is not to be had (other
 * systems, a JVM inside another program, an argument file that is gone).
 */
final class OwnOptions {
    /** Applied by the JVM before the command line. */
    static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

    /** Put before the command line by the {@code java} launcher. */
    static final String LAUNCHER_OPTIONS = "JDK_JAVA_OPTIONS";

    /** Applied by the JVM after the command line. */
    static final String LATE_OPTIONS = "_JAVA_OPTIONS";

    private static final String OPTIONS_FILE = "-XX:VMOptionsFile=";

    private OwnOptions() {}

    static List<String> read() {
        try {
            if (startedByLauncher()) {
                return fromCommandLine(commandLine(), nativeCharset(), System.getenv());
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger(OwnOptions.class.getName())
                    .log(System.Logger.Level.DEBUG, "the command line of this JVM cannot be read", e);
        }
        return fromManagement();
    }

    static List<String> fromCommandLine(List<String> words, Charset charset, Map<String, String> environment)
            throws IOException {
        List<String> launcherWords =
                new ArrayList<>(OptionWords.ofVariable(environment.getOrDefault(LAUNCHER_OPTIONS, "")));
        launcherWords.addAll(words.subList(Math.min(1, words.size()), words.size()));
        List<String> options = new ArrayList<>(OptionWords.ofVariable(environment.getOrDefault(TOOL_OPTIONS, "")));
        options.addAll(LauncherArguments.optionsOf(launcherWords, charset));
        options.addAll(OptionWords.ofVariable(environment.getOrDefault(LATE_OPTIONS, "")));
        return expandOptionsFile(options, charset);
    }

    private static List<String> expandOptionsFile(List<String> options, Charset charset) throws IOException {
        List<String> expanded = new ArrayList<>();
        for (String option : options) {
            if (option.startsWith(OPTIONS_FILE)) {
                Path file = Path.of(option.substring(OPTIONS_FILE.length()));
                expanded.addAll(OptionWords.ofVariable(Files.readString(file, charset)));
            } else {
                expanded.add(option);
            }
        }
        return expanded;
    }

    private static boolean startedByLauncher() throws IOException {
        Path self = Path.of("/proc/self/exe");
        Path launcher = Path.of(System.getProperty("java.home"), "bin", "java");
        return Files.exists(self) && Files.exists(launcher) && self.toRealPath().equals(launcher.toRealPath());
    }

    private static List<String> commandLine() throws IOException {
        String text = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), nativeCharset());
        // Every word ends with a zero byte; an empty word is a word.
        List<String> words = new ArrayList<>(List.of(text.split("\0", -1)));
        words.remove(words.size() - 1);
        return words;
    }

    private static Charset nativeCharset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private static List<String> fromManagement() {
        try {
            return ManagementFactory.getRuntimeMXBean().getInputArguments();
        } catch (LinkageError e) {
            System.getLogger(OwnOptions.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The options of this JVM are unknown, so its children start without them: this runtime"
                                    + " has no java.management module. Add it, or give children their options with"
                                    + " jvmArgs(...).");
            return List.of();
        }
    }
}
