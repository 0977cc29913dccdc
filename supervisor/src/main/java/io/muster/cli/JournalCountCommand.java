package io.muster.cli;

import io.muster.ipc.journal.JournalInspector;
import io.muster.ipc.journal.WorkQueue;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code muster journal count}. */
@Command(
        description = {
            "Print how many entries there are; of a work queue also how many wait, are delayed, held and dead, a line each.",
            "Entries of a work queue that are done with count while their file is there."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  muster journal count news", "  muster journal count orders | awk '$1 == \"waiting\" { print $2 }'"
        })
final class JournalCountCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    @Override
    public Integer call() {
        try (JournalInspector journal = JournalInspector.open(directory)) {
            JournalInspector.Facts facts = journal.facts();
            System.out.println("entries " + facts.entries());
            WorkQueue.Counts work = facts.work();
            if (work != null) {
                System.out.println("waiting " + work.waiting());
                System.out.println("delayed " + work.delayed());
                System.out.println("held " + work.held());
                System.out.println("dead " + work.dead());
            }
        }
        return ExitCode.OK.code();
    }
}
