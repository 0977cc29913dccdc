package io.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code muster shm}. */
@Command(
        description = {
            "Look at shared memory: named places, which outlive their programs, and the sessions of running ones.",
            "A place is what Manager.open(\"NAME\") opens. It stays until it is removed; `muster clean` never touches it."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster shm list                     all places and sessions",
            "  muster shm list orders              what is in the place 'orders', and who uses it",
            "  muster shm list /data/orders        the same for a place in a directory of its own",
            "  muster shm remove orders counts     remove one object",
            "  muster shm remove orders            remove the place with all that is in it"
        })
final class ShmCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.code();
    }
}
