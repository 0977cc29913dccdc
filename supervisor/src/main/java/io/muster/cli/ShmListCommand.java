package io.muster.cli;

import io.muster.ipc.PlaceInspector;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster shm list}. */
@Command(
        description = {
            "Show places and sessions: objects by name and type, their size, what is in them and the processes there, now and at"
                    + " most, and free room.",
            "Only files are read: nothing is changed and nobody is held up. Processes that cannot be seen from here, such as"
                    + " those of another container, show a '?'."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  muster shm list", "  muster shm list orders", "  muster shm list --json | jq '.[].objects[].name'"
        })
final class ShmListCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Parameters(
            arity = "0..1",
            paramLabel = "PLACE",
            description = "Name of a place, or the path of a place or session (with a slash in it). Default: all.")
    private String place;

    @Option(
            names = {"-j", "--json"},
            description = "One JSON array, an element for each place or session; sizes in bytes.")
    private boolean json;

    @Override
    public Integer call() {
        List<PlaceInspector.Report> reports =
                place == null ? PlaceInspector.all() : List.of(PlaceInspector.look(place));
        if (json) {
            System.out.println(ShmJson.of(reports));
        } else if (reports.isEmpty()) {
            System.out.println("no places and no sessions");
        } else {
            reports.forEach(report -> System.out.print(ShmText.of(report)));
        }
        boolean broken =
                reports.stream().anyMatch(report -> !report.view().problem().isEmpty());
        return (broken ? ExitCode.FAILED : ExitCode.OK).code();
    }
}
