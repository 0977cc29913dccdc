package io.muster.bench;

import io.muster.bench.harness.Group;
import io.muster.bench.harness.JsonReport;
import io.muster.bench.harness.Launches;
import io.muster.bench.harness.Machine;
import io.muster.bench.harness.MarkdownReport;
import io.muster.bench.harness.Report;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Tools;
import io.muster.bench.harness.Workspace;
import io.muster.cli.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The groups, and one run over some of them. */
public final class Bench implements Benchmarks {
    private static final int LAUNCHES = 5;
    private static final int QUICK_LAUNCHES = 2;

    private static final List<Group> GROUPS = List.of(
            new SpawnGroup(),
            new WaitGroup(),
            new LockGroup(),
            new EventGroup(),
            new PipeGroup(),
            new QueueGroup(),
            new JournalGroup(),
            new MapGroup(),
            new PoolGroup(),
            new CodecGroup(),
            new MemoryGroup(),
            new DeathGroup());

    private final Consumer<String> progress;

    /** For the service loader: tells what it does on stderr. */
    public Bench() {
        this(line -> System.err.println("muster: " + line));
    }

    Bench(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        GROUPS.forEach(group -> groups.put(group.name(), group.description()));
        return groups;
    }

    @Override
    public boolean run(Request request, PrintWriter out) throws InterruptedException, IOException {
        List<Report> reports = new ArrayList<>();
        Tools tools = Tools.find();
        try (Workspace workspace = Workspace.create()) {
            Launches launches = new Launches(
                    new Setup(request.quick() ? Setup.Effort.QUICK : Setup.Effort.WHOLE, tools, workspace),
                    request.launches().orElse(request.quick() ? QUICK_LAUNCHES : LAUNCHES),
                    progress);
            for (Group group : GROUPS) {
                if (request.groups().contains(group.name())) {
                    Report report = new Report(group, launches.measure(group));
                    print(report, out);
                    reports.add(report);
                }
            }
        }
        write(request, Machine.facts(tools), reports);
        return reports.stream().allMatch(report -> report.results().failures().isEmpty());
    }

    private static void print(Report report, PrintWriter out) {
        out.println(report.group().name() + ": " + report.group().description());
        report.forTerminal().forEach(line -> out.println("  " + line));
        report.remarks().forEach(remark -> out.println("  " + remark));
        out.println();
        out.flush();
    }

    private static void write(Request request, Map<String, String> machine, List<Report> reports) throws IOException {
        if (request.json().isPresent()) {
            Files.writeString(request.json().get(), JsonReport.of(machine, reports));
        }
        if (request.markdown().isPresent()) {
            Files.writeString(request.markdown().get(), MarkdownReport.of(command(request), machine, reports));
        }
    }

    /** What makes these figures again; where they are written is nobody's business. */
    private static String command(Request request) {
        StringBuilder command = new StringBuilder("bin/muster bench");
        if (request.groups().size() < GROUPS.size()) {
            request.groups().forEach(group -> command.append(' ').append(group));
        }
        if (request.quick()) {
            command.append(" --quick");
        }
        request.launches().ifPresent(count -> command.append(" --launches ").append(count));
        return command.append(" --markdown bench/RESULTS.md").toString();
    }
}
