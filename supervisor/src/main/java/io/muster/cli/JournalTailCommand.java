package io.muster.cli;

import io.muster.ipc.journal.JournalInspector;
import io.muster.ipc.journal.JournalInspector.Item;
import io.muster.ipc.journal.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster journal tail}. */
@Command(
        description = "Print the last entries, a line each, and with -f each new one as it comes, until Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster journal tail news",
            "  muster journal tail -f -n 0 news",
            "  muster journal tail --from 2026-03-01T10:00:00Z -l news"
        })
final class JournalTailCommand implements Callable<Integer> {
    private static final Duration LONG = Duration.ofHours(1);

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with each new entry.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many of the last entries; 10 unless said.")
    private int lines = 10;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "All from that time on instead: 2026-03-01T10:00:00Z, or how long ago: 90s, 15m, 2h, 30d.")
    private String from;

    @Mixin
    private JournalOutput output;

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--lines " + lines + ": must be 0 or more");
        }
        Start start = from == null ? null : Start.at(JournalTimes.instant("--from", from));
        Interruption.guardThisThread();
        try (JournalInspector journal = JournalInspector.open(directory);
                JournalInspector.Reading reading = start == null ? journal.last(lines) : journal.read(start)) {
            while (true) {
                Item item = reading.next(follow ? LONG : Duration.ZERO);
                if (item != null && !output.print(item)) {
                    return ExitCode.OUTPUT_CLOSED.code();
                }
                if (item == null && !follow) {
                    return ExitCode.OK.code();
                }
            }
        }
    }
}
