package io.muster.shared.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ProcessPool;
import io.muster.ipc.journal.JournalException;
import io.muster.ipc.journal.JournalFlags;
import io.muster.ipc.journal.Topic;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who has the flags, who gets them, and what is said to who has not. This JVM has not. */
@ExtendWith(HangDump.class)
class JournalFlagsTest {
    @TempDir
    Path temp;

    @Test
    void aJvmWithoutThemIsToldWhichToAdd() throws Exception {
        assertFalse(JournalFlags.areSet());
        String message = assertThrows(JournalException.class, () -> Topic.open(temp.resolve("t"), String.class))
                .getMessage();
        for (String flag : JournalFlags.of(Runtime.version().feature())) {
            assertTrue(message.contains(flag), message);
        }
        assertFalse(Files.exists(temp.resolve("t")));
    }

    @Test
    void aChildThatAskedHasThem() throws Exception {
        Path path = temp.resolve("t");
        Lines lines = new Lines();
        ChildProcess.named("writer")
                .journal(true)
                .onLine(lines)
                .start(() -> JournalUser.sayWhetherItWorks(path))
                .join();
        assertEquals(List.of("works writer"), lines.all(), "and nothing else is printed");
    }

    @Test
    void aChildThatDidNotAskIsTold() throws Exception {
        Path path = temp.resolve("t");
        Lines lines = new Lines();
        ChildProcess.named("bare")
                .onLine(lines)
                .start(() -> JournalUser.sayWhetherItWorks(path))
                .join();
        assertTrue(lines.await("fails").contains("journal(true)"));
    }

    @Test
    void workersHaveThemAndSoDoTheirChildren() throws Exception {
        Path path = temp.resolve("t");
        try (ProcessPool pool = ProcessPool.builder().workers(1).journal(true).start()) {
            long count = pool.apply(() -> {
                try (Topic<String> topic = Topic.open(path, String.class)) {
                    topic.append("a");
                    return topic.count();
                }
            });
            assertEquals(1, count);
        }
    }

    /** The user's own JVM, with the flags that it was told: silent, and its children inherit them. */
    @Test
    void aProgramWithThemIsSilentAndItsChildrenInheritThem() throws Exception {
        try (DriverJvm jvm = new DriverJvm(
                temp,
                JournalProgram.class,
                Map.of(),
                JournalFlags.of(Runtime.version().feature()),
                temp.resolve("t").toString())) {
            assertTrue(jvm.process().waitFor(60, TimeUnit.SECONDS));
            jvm.lines().await("end");
            assertEquals(
                    List.of("works main", "works child", "end 0"), jvm.lines().all());
        }
        assertFalse(Files.exists(Path.of(System.getProperty("user.home"), ".chronicle.analytics.client.id")));
    }
}
