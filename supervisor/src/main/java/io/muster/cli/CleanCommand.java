package io.muster.cli;

import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.memory.StaleSession;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster clean}. */
@Command(
        description = {
            "Remove what processes that were killed have left in shared memory.",
            "Only sessions of this user of which every process has ended; what lives is never touched, nor are named places"
                    + " (see `muster shm`)."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  muster clean --dry-run    only say what would go", "  muster clean"})
final class CleanCommand implements Callable<Integer> {
    private static final double BYTES_PER_MIB = 1 << 20;

    @Mixin
    private HelpOption help;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only say what would be removed.")
    private boolean dryRun;

    @Override
    public Integer call() {
        List<StaleSession> stale = SessionDirectory.sweepStale(dryRun);
        int kept = 0;
        for (StaleSession each : stale) {
            boolean failed = !dryRun && !each.removed();
            kept += failed ? 1 : 0;
            System.out.printf(
                    "%s %s (%.1f MiB): %s%n",
                    dryRun ? "would remove" : failed ? "could not remove" : "removed",
                    each.path(),
                    each.bytes() / BYTES_PER_MIB,
                    each.reason());
        }
        if (stale.isEmpty()) {
            System.out.println("nothing to clean");
        }
        return (kept > 0 ? ExitCode.FAILED : ExitCode.OK).code();
    }
}
