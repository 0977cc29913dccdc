package io.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code muster journal}. */
@Command(
        description = {
            "Look at journals and change them: topics and work queues that lie in directories.",
            "Reading takes nothing from anybody: no subscriber's position moves, and no work is taken."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster journal list /var/lib/shop                    the journals there, and who reads them",
            "  muster journal tail -f /var/lib/shop/news            the last entries, and each new one",
            "  muster journal count /var/lib/shop/orders            how much is done and how much is not",
            "  muster journal replay --from 2h --into copy news     the last two hours again, into another journal",
            "  muster journal trim --older-than 30d news            delete files that nobody needs"
        })
final class JournalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    static void addTo(CommandLine line) {
        line.addSubcommand("list", new CommandLine(new JournalListCommand()));
        line.addSubcommand("tail", new CommandLine(new JournalTailCommand()));
        line.addSubcommand("count", new CommandLine(new JournalCountCommand()));
        line.addSubcommand("replay", new CommandLine(new JournalReplayCommand()));
        line.addSubcommand("trim", new CommandLine(new JournalTrimCommand()));
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.code();
    }
}
