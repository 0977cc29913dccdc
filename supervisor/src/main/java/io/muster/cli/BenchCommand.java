package io.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster bench}: hands its arguments to the bench module, which this one does not know. */
@Command(description = "Measure Muster beside its peers.")
final class BenchCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Override
    public Integer call() {
        return 0;
    }
}
