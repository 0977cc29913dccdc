package io.muster.internal.inherit;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** The rewritings of {@link InheritanceTable}, one method each. */
final class OptionRewriting {
    private OptionRewriting() {}

    /** {@code -X...=path} or {@code -X...:path}: absolute, as the child may have another working directory. */
    static String absolutePath(String option, FileNames names) {
        int start = valueStart(option);
        return option.substring(0, start) + absoluteList(option.substring(start), names);
    }

    /** {@code -X...=file}: the pid goes into the name. */
    static String perProcessFile(String option, FileNames names) {
        int start = valueStart(option);
        return option.substring(0, start) + names.perProcess(option.substring(start));
    }

    /** The JVM names a heap dump by pid only if it is given a directory. */
    static String heapDumpDirectory(String option, FileNames names) {
        int start = option.indexOf('=') + 1;
        return option.substring(0, start) + names.directoryOf(option.substring(start));
    }

    /**
     * {@code -Xlog:what:output:decorators:options}: a file gets the pid, the console is left to the program's own words.
     */
    static String log(String option, FileNames names) {
        List<String> fields = split(option, ':');
        String output = fields.size() > 2 ? fields.get(2) : "stdout";
        if (output.isEmpty() || output.equals("stdout") || output.equals("stderr")) {
            return null;
        }
        String file = unquoted(output.startsWith("file=") ? output.substring("file=".length()) : output);
        fields.set(2, "file=" + quotedIfNeeded(names.perProcess(file)));
        return String.join(":", fields);
    }

    /** A recording is dumped into the directory of the named file, where the recorder makes a name with the pid. */
    static String recording(String option, FileNames names) {
        int start = "-XX:StartFlightRecording".length();
        if (option.length() <= start + 1) {
            return option;
        }
        List<String> settings = split(option.substring(start + 1), ',');
        settings.replaceAll(setting -> setting.startsWith("filename=")
                ? "filename=" + quotedIfNeeded(names.directoryOf(unquoted(setting.substring("filename=".length()))))
                : setting);
        return option.substring(0, start + 1) + String.join(",", settings);
    }

    /** A Java agent's jar is made absolute. */
    static String javaAgent(String option, FileNames names) {
        int start = "-javaagent:".length();
        int end = option.indexOf('=') < 0 ? option.length() : option.indexOf('=');
        return option.substring(0, start) + names.absolute(option.substring(start, end)) + option.substring(end);
    }

    /**
     * JaCoCo appends to its file under a lock, so children share the parent's. If told not to append, each gets its own
     * file; if it listens on a port, only one process can.
     */
    static String jacoco(String option, FileNames names) {
        int equals = option.indexOf('=');
        if (equals < 0) {
            return javaAgent(option, names) + "=destfile=" + names.absolute("jacoco.exec");
        }
        List<String> settings = split(option.substring(equals + 1), ',');
        if (settings.contains("output=tcpserver")) {
            return null;
        }
        boolean shared = !settings.contains("append=false");
        String file = "jacoco.exec";
        for (String setting : settings) {
            file = setting.startsWith("destfile=") ? setting.substring("destfile=".length()) : file;
        }
        settings.removeIf(setting -> setting.startsWith("destfile="));
        settings.add("destfile=" + (shared ? names.absolute(file) : names.perChild(file)));
        return javaAgent(option.substring(0, equals), names) + "=" + String.join(",", settings);
    }

    /** A native agent's library is made absolute, and a {@code file=} it writes gets the pid. */
    static String nativeAgent(String option, FileNames names) {
        int start = "-agentpath:".length();
        int equals = option.indexOf('=');
        if (equals < 0) {
            return option.substring(0, start) + names.absolute(option.substring(start));
        }
        List<String> settings = split(option.substring(equals + 1), ',');
        settings.replaceAll(setting -> setting.startsWith("file=")
                ? "file=" + names.perProcess(setting.substring("file=".length()))
                : setting);
        return option.substring(0, start)
                + names.absolute(option.substring(start, equals))
                + "="
                + String.join(",", settings);
    }

    /** {@code --patch-module=name=path}. */
    static String patchModule(String option, FileNames names) {
        int start = option.lastIndexOf('=') + 1;
        return option.substring(0, start) + absoluteList(option.substring(start), names);
    }

    /** {@code -XX:Name=value} and {@code --name=value}, else {@code -Xname:value}. */
    private static int valueStart(String option) {
        boolean equals = option.startsWith("-XX:") || option.startsWith("--");
        return option.indexOf(equals ? '=' : ':') + 1;
    }

    private static String absoluteList(String paths, FileNames names) {
        List<String> absolute = new ArrayList<>();
        for (String path : split(paths, File.pathSeparatorChar)) {
            absolute.add(names.absolute(path));
        }
        return String.join(File.pathSeparator, absolute);
    }

    /** Splits at {@code separator}, but not inside double quotes, and not at a drive letter's colon. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == separator && !quoted && !isDrive(text, i)) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static boolean isDrive(String text, int colon) {
        return text.charAt(colon) == ':' && colon + 1 < text.length() && text.charAt(colon + 1) == '\\';
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static String quotedIfNeeded(String path) {
        boolean needed = path.indexOf(' ') >= 0 || path.indexOf(',') >= 0 || path.indexOf(':') >= 0;
        return needed ? '"' + path + '"' : path;
    }
}
