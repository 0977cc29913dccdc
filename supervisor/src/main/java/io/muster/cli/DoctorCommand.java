package io.muster.cli;

import io.muster.internal.doctor.Examination;
import io.muster.internal.doctor.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster doctor}. */
@Command(
        description = {
            "Look whether this machine is fit for child JVMs, and say what to do where it is not.",
            "JDK and flags, shared memory, limits, container, stale sessions. Nothing is changed. The exit code is 1 if"
                    + " something will not work; notes alone leave it at 0."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Override
    public Integer call() {
        List<Finding> findings = Examination.run();
        System.out.println(Version.line());
        for (Finding each : findings) {
            System.out.printf("%-8s %-14s %s%n", label(each.level()), each.subject(), each.text());
            if (!each.advice().isEmpty()) {
                System.out.printf("%-8s %-14s -> %s%n", "", "", each.advice());
            }
        }
        boolean broken = findings.stream().anyMatch(each -> each.level() == Finding.Level.PROBLEM);
        return (broken ? ExitCode.FAILED : ExitCode.OK).code();
    }

    private static String label(Finding.Level level) {
        return switch (level) {
            case OK -> "ok";
            case NOTE -> "note";
            case PROBLEM -> "PROBLEM";
        };
    }
}
