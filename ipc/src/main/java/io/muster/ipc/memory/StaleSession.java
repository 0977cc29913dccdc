package io.muster.ipc.memory;

import java.nio.file.Path;

/**
 * A session directory of which every process has ended.
 *
 * @param path where it is, or was
 * @param bytes what its files take, or took
 * @param reason how that was found out
 * @param removed false if it was only looked at, or could not be removed
 */
public record StaleSession(Path path, long bytes, String reason, boolean removed) {}
