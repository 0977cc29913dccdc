package io.muster.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every way in which the command line can end: the one table, shown in each {@code --help}. */
enum ExitCode {
    OK(0, "Everything was done."),
    FAILED(1, "Some of it failed: an item, a path, a check. The rest was done; what failed is on stderr."),
    USAGE(2, "The command line was not understood; nothing was done."),
    CANNOT_START(
            3, "Something needed is missing (JDK, Maven, a module, a class path entry) or no worker could be started."),
    INTERNAL(70, "A fault of Muster itself; please report what stderr says."),
    INTERRUPTED(130, "Stopped by Ctrl-C (128 + SIGINT), in order: no process is left behind."),
    OUTPUT_CLOSED(141, "Whoever read the output went away (128 + SIGPIPE), as `| head` does."),
    TERMINATED(143, "Stopped by SIGTERM (128 + 15), in the same order.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** The table as picocli wants it for its help pages: code to meaning, in order. */
    static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode each : values()) {
            table.put(Integer.toString(each.code), each.meaning);
        }
        return table;
    }
}
