package io.muster.bench.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    @Test
    void goesWithAllThatIsInIt() throws Exception {
        Path directory;
        try (Workspace workspace = Workspace.create()) {
            directory = workspace.directory();
            assertTrue(Files.isRegularFile(workspace.resource("pool.py")));
            Files.writeString(
                    Files.createDirectory(directory.resolve("made-by-a-program"))
                            .resolve("file"),
                    "x");
        }

        assertFalse(Files.exists(directory));
    }

    @Test
    void knowsItsResourcesOnly() throws Exception {
        try (Workspace workspace = Workspace.create()) {
            assertThrows(IllegalArgumentException.class, () -> workspace.resource("nothing.py"));
        }
    }
}
