package io.muster.ipc.data;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.testing.LincheckJar;
import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Histories of concurrent operations on a map of one stripe, with tiny segments so that rebuilds come in between. */
@ExtendWith(LincheckJar.class)
class MapLincheckTest {

    /** What Lincheck drives. */
    @Param(name = "key", gen = IntGen.class, conf = "1:6")
    @Param(name = "value", gen = IntGen.class, conf = "1:9")
    public static class Shared {
        private static final Participant PARTICIPANT = Participants.ofSession();
        private static MapCore former;

        private final SharedMap<Integer, Object> map;

        public Shared() {
            if (former != null) {
                former.files().removeAll();
            }
            String name = PARTICIPANT.newFile("lincheck").getFileName().toString();
            MapFiles files = new MapFiles(PARTICIPANT.directory(), name);
            Cell cell = PARTICIPANT.cells().allocate(MapLayout.CELL_KIND, MapLayout.VERSION_NOW, MapCore.bodyBytes());
            MapCore.format(cell, files, name, new MapOptions("k", "v", 0, 0, 0, 0, false, false, 384, 1));
            cell.publish();
            former = new MapCore(PARTICIPANT, cell);
            map = new MapHandle<>(former, ObjectCodec.standard(), false);
        }

        @Operation
        public Object get(@Param(name = "key") int key) {
            return map.get(key);
        }

        @Operation
        public Object put(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.put(key, value);
        }

        @Operation
        public Object putText(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.put(key, "text " + value);
        }

        @Operation
        public Object putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.putIfAbsent(key, value);
        }

        @Operation
        public Object remove(@Param(name = "key") int key) {
            return map.remove(key);
        }

        @Operation
        public boolean replace(
                @Param(name = "key") int key, @Param(name = "value") int old, @Param(name = "value") int value) {
            return map.replace(key, old, value);
        }

        @Operation
        public Object compute(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.compute(key, (same, old) -> old instanceof Integer number ? number + value : "was " + old);
        }

        @Operation
        public boolean containsKey(@Param(name = "key") int key) {
            return map.containsKey(key);
        }

        @Operation
        public void clear() {
            map.clear();
        }
    }

    /** The same without concurrency. */
    public static class Model {
        private final Map<Integer, Object> map = new HashMap<>();

        public Object get(int key) {
            return map.get(key);
        }

        public Object put(int key, int value) {
            return map.put(key, value);
        }

        public Object putText(int key, int value) {
            return map.put(key, "text " + value);
        }

        public Object putIfAbsent(int key, int value) {
            return map.putIfAbsent(key, value);
        }

        public Object remove(int key) {
            return map.remove(key);
        }

        public boolean replace(int key, int old, int value) {
            return map.replace(key, old, value);
        }

        public Object compute(int key, int value) {
            return map.compute(key, (same, old) -> old instanceof Integer number ? number + value : "was " + old);
        }

        public boolean containsKey(int key) {
            return map.containsKey(key);
        }

        public void clear() {
            map.clear();
        }
    }

    @Test
    void historiesAreThoseOfAMapThatDoesOneThingAfterTheOther() {
        check(3);
    }

    @Tag("storm")
    @Test
    void manyHistoriesAreThoseOfAMapThatDoesOneThingAfterTheOther() {
        check(60);
    }

    private static void check(int scenarios) {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .iterations(scenarios)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(5)
                .actorsBefore(4)
                .actorsAfter(3)
                .check(Shared.class);
    }
}
