package io.muster.ipc.data;

import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How much is in named objects, for who only looks: read from files that others change meanwhile. */
final class NamedStates {
    private NamedStates() {}

    /** Of a map. */
    static long entries(NamedObject object) throws IOException {
        Path header = file(object, ".head");
        try (SegmentFile in = SegmentFile.open(header, MapLayout.KIND, MapLayout.VERSION_NOW)) {
            int stripes = Math.max(0, Math.min(in.getInt(MapLayout.STRIPES), MapLayout.MOST_STRIPES));
            long entries = 0;
            for (int i = 0; i < stripes; i++) {
                entries += in.getLong(MapLayout.stripe(i) + MapLayout.COUNT);
            }
            return entries;
        }
    }

    /** Of a list. */
    static long elements(NamedObject object) throws IOException {
        long generation;
        try (SegmentFile in = object.openFile()) {
            generation = in.getLong(object.body() + ListLayout.CUR);
        }
        if (generation == 0) {
            return 0;
        }
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
