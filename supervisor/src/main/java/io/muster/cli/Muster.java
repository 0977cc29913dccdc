package io.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The program {@code muster}: picks the subcommand, runs it, turns what comes of it into an exit code.
 *
 * <p>The subcommand runs on the main thread, which {@link Interruption} interrupts at the first Ctrl-C.
 */
@Command(
        name = "muster",
        description = "Multiprocessing for the JVM: child JVMs, process pools, shared memory.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster sample                        list the samples",
            "  muster sample wordcount ~/docs       count words with all cores",
            "  ls *.txt | muster map Words::count   one task per line, on a pool of JVMs",
            "  muster doctor                        is this machine fit?",
            "  muster shm list                      what lies in shared memory, and whose it is",
            "  muster journal tail -f news          follow a journal",
            "",
            "bin/muster runs on the JDK of JAVA_HOME, else on the java of the PATH; MUSTER_JAVA_OPTS holds more flags for it.",
            "`muster COMMAND --help` explains a command."
        })
public final class Muster implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    private Muster() {}

    /**
     * Runs one command and ends this JVM with its exit code.
     *
     * @param args the subcommand and what belongs to it
     */
    public static void main(String[] args) {
        int code = commandLine(args).execute(args);
        // Not a plain return: a sample may have left threads behind that nobody waits for.
        System.exit(Interruption.exitCodeOr(code));
    }

    /**
     * The parser with its subcommands.
     *
     * @param args what will be parsed. When they begin with the name of a subcommand only that one is built: reading the
     *     annotations of all of them takes as long as a JVM's start
     */
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Muster());
        Subcommand asked = args.length == 0 ? null : Subcommand.named(args[0]);
        for (Subcommand each : Subcommand.values()) {
            if (asked == null || asked == each) {
                line.addSubcommand(each.commandName(), each.newCommandLine());
            }
        }
        line.getCommandSpec().versionProvider(() -> new String[] {Version.line()});
        line.setUsageHelpWidth(100);
        line.setExitCodeExceptionMapper(Failures::exitCode);
        line.setExecutionExceptionHandler(Failures::explain);
        line.setParameterExceptionHandler(Failures::explainUsage);
        dress(line.getCommandSpec());
        dressSubcommands(line);
        return line;
    }

    private static void dressSubcommands(CommandLine line) {
        for (CommandLine each : line.getSubcommands().values()) {
            dress(each.getCommandSpec());
            dressSubcommands(each);
        }
    }

    private static void dress(CommandSpec spec) {
        spec.usageMessage()
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.table())
                .sortOptions(false);
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.code();
    }
}
