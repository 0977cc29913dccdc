package io.muster.child.task;

import java.nio.file.Path;

/**
 * The names of a pool's files, all beside one base path in the session directory.
 *
 * @param base unique to the pool
 */
public record PoolFiles(Path base) {
    public Path table() {
        return named("table");
    }

    public Path shapes() {
        return named("shapes");
    }

    /** What the parent writes. */
    public Path arguments() {
        return named("arguments");
    }

    /** What one worker writes, in one of its lives. */
    public Path results(int worker, int epoch) {
        return named("results" + worker + "." + epoch);
    }

    private Path named(String suffix) {
        return base.resolveSibling(base.getFileName() + "-" + suffix);
    }
}
