package io.muster.cli;

import io.muster.ipc.journal.JournalInspector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster journal trim}. */
@Command(
        description = {
            "Delete the oldest files of a journal, by the rules that it was made with or by those given here.",
            "What a subscriber with a name has not read, or a consumer has not done, stays, unless --force is given; the newest"
                    + " file always stays. Nothing can be undone."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster journal trim orders",
            "  muster journal trim --older-than 30d news",
            "  muster journal trim --larger-than 10g --force news"
        })
final class JournalTrimCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Files whose entries are all older: a number with s, m, h or d behind it.")
    private String olderThan;

    @Option(
            names = "--larger-than",
            paramLabel = "SIZE",
            description = "The oldest while all have more bytes of entries: a number, with k, m, g or t behind it.")
    private String largerThan;

    @Option(
            names = {"-f", "--force"},
            description = "Also what somebody needs.")
    private boolean force;

    @Override
    public Integer call() {
        Duration age = olderThan == null ? null : JournalTimes.duration("--older-than", olderThan);
        long size = largerThan == null ? 0 : JournalTimes.size("--larger-than", largerThan);
        try (JournalInspector journal = JournalInspector.open(directory)) {
            System.out.println("freed " + ShmText.size(journal.trim(age, size, force)));
        }
        return ExitCode.OK.code();
    }
}
