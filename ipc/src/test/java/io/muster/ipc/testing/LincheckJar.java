package io.muster.ipc.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Removes what Lincheck leaves in the temporary directory: a jar that this JVM has open, and needs no name any more. Use it by
 * {@link ExtendWith}.
 */
public final class LincheckJar implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        File[] open = new File("/proc/self/fd").listFiles();
        for (File descriptor : open == null ? new File[0] : open) {
            if (Files.isSymbolicLink(descriptor.toPath())) {
                Path target = Files.readSymbolicLink(descriptor.toPath());
                if (target.getFileName() != null
                        && target.getFileName().toString().matches("lincheck-bootstrap.*\\.jar")) {
                    Files.deleteIfExists(target);
                }
            }
        }
    }
}
