package io.muster.ipc.data;

import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How much is in named objects, for who only looks: read from files that others change meanwhile. */
final class NamedStates {
    private NamedStates() {}

    /** Of a map: the most of each stripe add up to more than there were at once, unless they only ever rose. */
    static String ofMap(NamedObject object) throws IOException {
        Path header = file(object, ".head");
        try (SegmentFile in = SegmentFile.open(header, MapLayout.KIND, MapLayout.VERSION_NOW)) {
            int stripes = Math.max(0, Math.min(in.getInt(MapLayout.STRIPES), MapLayout.MOST_STRIPES));
            long entries = 0;
            long most = 0;
            for (int i = 0; i < stripes; i++) {
                entries += in.getLong(MapLayout.stripe(i) + MapLayout.COUNT);
                most += in.getLong(MapLayout.stripe(i) + MapLayout.MOST);
            }
            return state(entries, "entries", most);
        }
    }

    private static String state(long now, String what, long most) {
        return now + " " + what + ", at most " + most;
    }

    /** Of a list. */
    static String ofList(NamedObject object) throws IOException {
        long generation;
        long most;
        try (SegmentFile in = object.openFile()) {
            generation = in.getLong(object.body() + ListLayout.CUR);
            most = in.getLong(object.body() + ListLayout.MOST);
        }
        return state(generation == 0 ? 0 : elements(object, generation), "elements", most);
    }

    private static long elements(NamedObject object, long generation) throws IOException {
        try (SegmentFile in =
                SegmentFile.open(file(object, "-" + generation), ListLayout.FILE_KIND, ListLayout.VERSION)) {
            return ListLayout.count(in.getLong(ListLayout.STATE));
        }
    }

    private static Path file(NamedObject object, String ending) throws IOException {
        for (Path each : object.files()) {
            String name = each.getFileName().toString();
            if (name.endsWith(ending) && !name.startsWith(".")) {
                return each;
            }
        }
        throw new NoSuchFileException(object.ref() + ": a file that ends with " + ending);
    }
}
