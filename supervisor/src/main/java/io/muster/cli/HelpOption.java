package io.muster.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --help}, the same in every subcommand. */
@Command
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean asked;
}
