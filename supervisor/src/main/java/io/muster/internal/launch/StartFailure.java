package io.muster.internal.launch;

import io.muster.ExitStatus;
import io.muster.child.StatusFile;
import java.io.IOException;

/** Words for a start that failed. */
final class StartFailure {
    private StartFailure() {}

    static String message(JvmChild child, ReadyWait.Outcome outcome, StatusFile status) {
        String who = "child '" + child.name() + "' (pid " + child.pid() + ") ";
        switch (outcome) {
            case REFUSED:
                return who + "could not start its target: " + firstLine(status);
            case TIMED_OUT:
                return who + "was not ready within startDeadline=" + child.startDeadline() + "; killed it. Try a longer"
                        + " startDeadline(...), or look at what its JVM does at start (agents, a full machine)";
            case INTERRUPTED:
                return who + "was killed: the thread that waited for its start was interrupted";
            default:
                return who + "ended before it was ready: " + end(child) + ". Its command line: "
                        + String.join(" ", shortened(child));
        }
    }

    private static String end(JvmChild child) {
        ExitStatus how = child.onExit().getNow(null);
        return how == null ? "it could not even be killed" : how.toString();
    }

    /** Without the class path, which can be very long. */
    private static Iterable<String> shortened(JvmChild child) {
        return child.commandLine().stream()
                .map(word -> word.length() > 200 ? word.substring(0, 200) + "..." : word)
                .toList();
    }

    private static String firstLine(StatusFile status) {
        try {
            return status.text().lines().findFirst().orElse("it does not say why");
        } catch (IOException e) {
            return "its reason cannot be read: " + e;
        }
    }
}
