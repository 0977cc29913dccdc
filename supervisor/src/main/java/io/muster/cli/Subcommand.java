package io.muster.cli;

import java.util.function.Supplier;
import picocli.CommandLine;

/** The subcommands, in the order in which the help shows them. */
enum Subcommand {
    SAMPLE("sample", SampleCommand::new),
    MAP("map", MapCommand::new),
    BENCH("bench", BenchCommand::new),
    DOCTOR("doctor", DoctorCommand::new),
    SHM("shm", ShmCommand::new),
    JOURNAL("journal", JournalCommand::new),
    CLEAN("clean", CleanCommand::new),
    VERSION("version", VersionCommand::new),
    GENERATE_COMPLETION("generate-completion", CompletionCommand::new);

    private final String commandName;
    private final Supplier<Object> factory;

    Subcommand(String commandName, Supplier<Object> factory) {
        this.commandName = commandName;
        this.factory = factory;
    }

    String commandName() {
        return commandName;
    }

    CommandLine newCommandLine() {
        // What follows a sample's name is the sample's own, options included.
        CommandLine line = new CommandLine(factory.get()).setStopAtPositional(this == SAMPLE);
        if (this == SHM) {
            line.addSubcommand("list", new CommandLine(new ShmListCommand()));
            line.addSubcommand("remove", new CommandLine(new ShmRemoveCommand()));
        }
        if (this == JOURNAL) {
            JournalCommand.addTo(line);
        }
        return line;
    }

    /** The subcommand of that name, or null. */
    static Subcommand named(String name) {
        for (Subcommand each : values()) {
            if (each.commandName.equals(name)) {
                return each;
            }
        }
        return null;
    }
}
