package io.muster.cli;

import static io.muster.internal.shell.Json.quoted;

import io.muster.ipc.journal.JournalException;
import io.muster.ipc.journal.JournalInspector;
import io.muster.ipc.journal.JournalInspector.Facts;
import io.muster.ipc.journal.Topic;
import io.muster.ipc.journal.WorkQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster journal list}. */
@Command(
        description =
                "Show journals: kind and type, entries, size, subscribers and how far behind they are, or work and its state.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster journal list", "  muster journal list --json /var/lib/shop | jq '.[].path'"})
final class JournalListCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "A journal, or a directory with journals in or below it. Default: this one.")
    private Path directory = Path.of("");

    @Option(
            names = {"-j", "--json"},
            description = "One JSON array, an element for each journal; sizes in bytes.")
    private boolean json;

    @Override
    public Integer call() {
        List<Facts> all = new ArrayList<>();
        boolean failed = false;
        for (Path path : JournalInspector.find(directory.toAbsolutePath())) {
            try (JournalInspector journal = JournalInspector.open(path)) {
                all.add(journal.facts());
            } catch (JournalException e) {
                System.err.println("muster: " + e.getMessage());
                failed = true;
            }
        }
        if (json) {
            System.out.println(all.stream().map(JournalListCommand::json).collect(Collectors.joining(",", "[", "]")));
        } else if (all.isEmpty() && !failed) {
            System.out.println("no journals in " + directory.toAbsolutePath());
        } else {
            all.forEach(JournalListCommand::print);
        }
        return (failed ? ExitCode.FAILED : ExitCode.OK).code();
    }

    private static void print(Facts facts) {
        System.out.printf(
                "%s  %s<%s>  %d entries, %s in %d %s%n",
                facts.path(),
                facts.kind(),
                facts.type(),
                facts.entries(),
                ShmText.size(facts.bytes()),
                facts.files(),
                facts.files() == 1 ? "file" : "files");
        for (Topic.Subscription each : facts.subscriptions()) {
            System.out.printf("  %s %-24s %d behind%n", each.active() ? "*" : "-", each.name(), each.behind());
        }
        WorkQueue.Counts work = facts.work();
        if (work != null) {
            System.out.printf(
                    "  %d waiting, %d delayed, %d held by consumers, %d dead letters%n",
                    work.waiting(), work.delayed(), work.held(), work.dead());
        }
    }

    private static String json(Facts facts) {
        WorkQueue.Counts work = facts.work();
        return "{\"path\":" + quoted(facts.path().toString())
                + ",\"kind\":" + quoted(facts.kind())
                + ",\"type\":" + quoted(facts.type())
                + ",\"entries\":" + facts.entries()
                + ",\"files\":" + facts.files()
                + ",\"bytes\":" + facts.bytes()
                + (work != null
                        ? ",\"waiting\":" + work.waiting() + ",\"delayed\":" + work.delayed() + ",\"held\":"
                                + work.held() + ",\"dead\":" + work.dead()
                        : ",\"subscribers\":"
                                + facts.subscriptions().stream()
                                        .map(JournalListCommand::json)
                                        .collect(Collectors.joining(",", "[", "]")))
                + "}";
    }

    private static String json(Topic.Subscription each) {
        return "{\"name\":" + quoted(each.name()) + ",\"behind\":" + each.behind() + ",\"active\":" + each.active()
                + "}";
    }
}
