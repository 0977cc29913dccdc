package io.muster.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The facts that figures depend on; never a name of a host, a person or a path. */
public final class Machine {
    private static final long KIB_PER_GIB = 1 << 20;

    private Machine() {}

    public static Map<String, String> facts(Tools tools) throws InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now().toString());
        facts.put("CPUs", Runtime.getRuntime().availableProcessors() + " x " + cpuModel());
        field("/proc/meminfo", "MemTotal:")
                .map(text -> Long.parseLong(text.split(" ")[0]) / KIB_PER_GIB + " GiB")
                .ifPresent(memory -> facts.put("memory", memory));
        facts.put(
                "kernel", System.getProperty("os.name") + " " + kernelVersion() + " " + System.getProperty("os.arch"));
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        version(tools.python(), "--version").ifPresent(python -> facts.put("Python", python));
        version(tools.compiler(), "--version").ifPresent(compiler -> facts.put("C compiler", compiler));
        return facts;
    }

    private static Optional<String> version(Optional<String> tool, String flag) throws InterruptedException {
        return tool.isEmpty() ? tool : Tools.firstLine(tool.get(), flag);
    }

    private static String cpuModel() {
        return field("/proc/cpuinfo", "model name")
                .map(text -> text.replaceFirst("^[:\\s]+", ""))
                .orElse("unknown");
    }

    /** Without what a distribution or a cloud hangs onto the number. */
    private static String kernelVersion() {
        return System.getProperty("os.version").replaceFirst("^([0-9.]+).*", "$1");
    }

    private static Optional<String> field(String file, String name) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).trim())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
