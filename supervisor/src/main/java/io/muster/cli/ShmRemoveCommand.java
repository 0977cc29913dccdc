package io.muster.cli;

import io.muster.ipc.PlaceInspector;
import io.muster.ipc.memory.PlaceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster shm remove}. */
@Command(
        description = {
            "Remove a place with all that is in it, or one object of it. Nothing is asked, and nothing can be undone.",
            "Refused while a process uses the place, unless --force is given: then those who use an object find it closed, and"
                    + " who opens the place or the object again makes a new one. Sessions are not removed here: they go with"
                    + " their processes, or by `muster clean`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster shm remove orders",
            "  muster shm remove orders counts",
            "  muster shm remove --force orders"
        })
final class ShmRemoveCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Parameters(index = "0", paramLabel = "PLACE", description = "Name of a place, or its path (with a slash in it).")
    private String place;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Of an object. Default: all of the place.")
    private String name;

    @Option(
            names = {"-f", "--force"},
            description = "Also while processes use it.")
    private boolean force;

    @Override
    public Integer call() {
        try {
            if (name == null) {
                PlaceInspector.remove(place, force);
                System.out.println("removed the place " + place);
            } else if (PlaceInspector.remove(place, name, force)) {
                System.out.println("removed '" + name + "' from the place " + place);
            } else {
                throw new CommandFailure(ExitCode.FAILED, "there is no '" + name + "' in the place " + place);
            }
        } catch (PlaceException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, e.getMessage() + (e.getMessage().contains("in use") ? " (--force does it)" : ""));
        }
        return ExitCode.OK.code();
    }
}
