package io.muster.shared.coll;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedNamespace;
import io.muster.ipc.data.SharedSet;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A set and a namespace that several processes use. */
@ExtendWith(HangDump.class)
class SharedSetProcessTest {
    private final List<ChildProcess> children = new ArrayList<>();
    private final Lines lines = new Lines();

    private ChildProcess start(String name, RemoteRunnable target) {
        ChildProcess child = ChildProcess.named(name).heap("48m").onLine(lines).start(target);
        children.add(child);
        return child;
    }

    @AfterEach
    void endChildren() throws Exception {
        for (ChildProcess child : children) {
            child.kill();
            child.join(Duration.ofSeconds(20));
            child.close();
        }
    }

    private void awaitSuccess() throws Exception {
        for (ChildProcess child : children) {
            assertTrue(child.join(Duration.ofSeconds(60)), child::toString);
            assertTrue(child.exitStatus().orElseThrow().isSuccess(), () -> child + " " + lines.all());
        }
    }

    @Test
    void ofAllProcessesThatAddTheSameOneIsToldTrue() throws Exception {
        int elements = 1_000;
        try (SharedSet<Integer> set = SharedSet.create();
                SharedList<Integer> added = SharedList.create()) {
            for (int i = 0; i < 3; i++) {
                start("adder-" + i, () -> {
                    for (int k = 0; k < elements; k++) {
                        if (set.add(k)) {
                            added.add(k);
                        }
                    }
                });
            }
            awaitSuccess();
            assertEquals(elements, set.size());
            assertEquals(elements, added.size());
            assertEquals(new HashSet<>(added), new HashSet<>(set));
        }
    }

    @Test
    void aKilledProcessHasAddedAnElementOrNot() throws Exception {
        try (SharedSet<Integer> set = SharedSet.create()) {
            ChildProcess child = start("adder", () -> {
                for (int k = 0; ; k++) {
                    set.add(k);
                }
            });
            eventually(() -> set.size() > 500, () -> "500 elements; " + lines.all());
            child.kill();
            assertTrue(child.join(Duration.ofSeconds(20)));
            set.add(-1);
            int size = set.size();
            assertEquals(
                    IntStream.range(-1, size - 1).boxed().toList(),
                    set.stream().sorted().toList());
        }
    }

    @Test
    void updatesOfAnAttributeAreNotLost() throws Exception {
        try (SharedNamespace space = SharedNamespace.create()) {
            space.set("count", 0);
            for (int i = 0; i < 3; i++) {
                String name = "child-" + i;
                start(name, () -> {
                    space.set(name, ProcessHandle.current().pid());
                    for (int k = 0; k < 1_000; k++) {
                        space.update("count", Integer.class, count -> count + 1);
                    }
                });
            }
            awaitSuccess();
            assertEquals(3_000, space.get("count", Integer.class));
            for (ChildProcess child : children) {
                assertEquals(child.pid(), space.get(child.name(), Long.class));
            }
        }
    }
}
