package io.muster.cli;

/** Ends a command with one line on stderr and an exit code: for what the user can mend, so never with a stack trace. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ExitCode exitCode;

    CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
