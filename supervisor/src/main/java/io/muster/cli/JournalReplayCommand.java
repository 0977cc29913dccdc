package io.muster.cli;

import io.muster.ipc.journal.JournalInspector;
import io.muster.ipc.journal.JournalInspector.Item;
import io.muster.ipc.journal.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster journal replay}. */
@Command(
        description = {
            "Print all entries, or those of a time; with --into append them to another journal, as new ones.",
            "With --dead put the dead letters of a work queue back to work instead."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster journal replay news",
            "  muster journal replay --from 2026-03-01T10:00:00Z --to 2026-03-01T11:00:00Z --into again news",
            "  muster journal replay --dead orders"
        })
final class JournalReplayCommand implements Callable<Integer> {
    private static final String TIME = "2026-03-01T10:00:00Z, or how long ago: 90s, 15m, 2h, 30d.";

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    @Option(names = "--from", paramLabel = "TIME", description = "Begin there: " + TIME)
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Leave out entries of that time and later: " + TIME)
    private String to;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Directory of a journal of the same kind and type; made if it is not there.")
    private Path into;

    @Option(names = "--dead", description = "Dead letters back to work; the other options do not count then.")
    private boolean dead;

    @Mixin
    private JournalOutput output;

    @Override
    public Integer call() throws InterruptedException {
        Start start = from == null ? Start.beginning() : Start.at(JournalTimes.instant("--from", from));
        Instant until = to == null ? null : JournalTimes.instant("--to", to);
        Interruption.guardThisThread();
        try (JournalInspector journal = JournalInspector.open(directory)) {
            if (dead) {
                System.out.println(journal.requeueDeadLetters() + " dead letters are back at work");
            } else if (into != null) {
                System.out.println(journal.replayInto(into, start, until) + " entries appended to " + into);
            } else {
                return print(journal, start, until).code();
            }
        }
        return ExitCode.OK.code();
    }

    private ExitCode print(JournalInspector journal, Start start, Instant until) throws InterruptedException {
        try (JournalInspector.Reading reading = journal.read(start)) {
            for (Item item = reading.next(Duration.ZERO); item != null; item = reading.next(Duration.ZERO)) {
                if ((until == null || item.time().isBefore(until)) && !output.print(item)) {
                    return ExitCode.OUTPUT_CLOSED;
                }
            }
        }
        return ExitCode.OK;
    }
}
