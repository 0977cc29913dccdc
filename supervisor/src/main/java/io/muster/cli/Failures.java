package io.muster.cli;

import io.muster.ChildStartException;
import io.muster.PoolBrokenException;
import io.muster.ipc.journal.JournalException;
import io.muster.ipc.memory.SegmentException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person reads when a command does not end well: a line that helps; a stack trace only for faults of our own. */
final class Failures {
    private Failures() {}

    /** For exceptions of a running command. */
    static int explain(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (Interruption.happened()) {
            // It was said when the signal came; what broke on the way down is of no interest.
            return Interruption.exitCodeOr(ExitCode.INTERRUPTED.code());
        }
        if (failure instanceof CommandFailure known) {
            err.println("muster: " + known.getMessage());
            return known.exitCode().code();
        }
        if (failure instanceof SegmentException
                || failure instanceof JournalException
                || failure instanceof PoolBrokenException
                || failure instanceof ChildStartException) {
            err.println("muster: " + failure.getMessage());
            return ExitCode.CANNOT_START.code();
        }
        err.println("muster: " + line.getCommandName() + " failed by a fault of the program:");
        failure.printStackTrace(err);
        return ExitCode.INTERNAL.code();
    }

    /** For a command line that cannot be understood. */
    static int explainUsage(ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("muster: " + failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.print("Usage: " + line.getHelp().synopsis(0));
        }
        err.println("See `" + line.getCommandSpec().qualifiedName() + " --help`.");
        return ExitCode.USAGE.code();
    }

    static int exitCode(Throwable failure) {
        return failure instanceof CommandFailure known ? known.exitCode().code() : ExitCode.INTERNAL.code();
    }
}
