package io.muster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the help shows and how a wrong command line ends. */
class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandExplainsItselfWithTheExitCodes() {
        for (Subcommand each : Subcommand.values()) {
            out.getBuffer().setLength(0);
            assertEquals(0, execute(each.commandName(), "--help"), each::commandName);
            assertTrue(out.toString().contains("Usage: muster " + each.commandName()), out::toString);
            assertTrue(out.toString().contains("130   Stopped by Ctrl-C"), out::toString);
            assertFalse(out.toString().lines().anyMatch(line -> line.length() > 100), out::toString);
        }
    }

    @Test
    void theFirstPageListsAllCommands() {
        assertEquals(0, execute("--help"));
        for (Subcommand each : Subcommand.values()) {
            assertTrue(out.toString().contains("\n  " + each.commandName() + " "), out::toString);
        }
    }

    @Test
    void aWrongCommandLineIsAFewLinesAndCode2() {
        assertEquals(ExitCode.USAGE.code(), execute("map"));
        assertTrue(err.toString().contains("METHOD"), err::toString);
        assertTrue(err.toString().contains("See `muster map --help`."), err::toString);
        assertTrue(err.toString().lines().count() <= 4, err::toString);
        assertEquals(ExitCode.USAGE.code(), execute("sampel"));
        assertTrue(err.toString().contains("Did you mean: muster sample"), err::toString);
        assertEquals(ExitCode.USAGE.code(), execute());
    }

    @Test
    void aMethodThatIsNotThereEndsBeforeAnyWorkerStarts() {
        assertEquals(ExitCode.USAGE.code(), execute("map", "java.lang.Math::nothing", "1"));
        assertTrue(err.toString().startsWith("muster: java.lang.Math has no method 'nothing'"), err::toString);
    }

    @Test
    void exitCodesAreEachTheirOwn() {
        assertEquals(ExitCode.values().length, ExitCode.table().size());
    }

    private int execute(String... args) {
        CommandLine line = Muster.commandLine(args);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
