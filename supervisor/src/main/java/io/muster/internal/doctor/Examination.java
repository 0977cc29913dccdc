package io.muster.internal.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All checks, in the order in which they are shown. */
public final class Examination {
    private Examination() {}

    /** Looks at this machine and this JVM; takes parts of a second. */
    public static List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        JvmChecks.addTo(findings);
        SystemFiles system = new SystemFiles(Path.of("/"));
        MemoryChecks.addTo(findings, system);
        new LimitChecks(system, ProcessHandle.current().pid()).addTo(findings);
        SessionChecks.addTo(findings);
        return findings;
    }
}
