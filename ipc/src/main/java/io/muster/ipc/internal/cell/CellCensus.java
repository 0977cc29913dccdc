package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the objects of a place that have no names, by kind, reading its files and mapping none. For one thread. */
public final class CellCensus {
    private final Path directory;
    private final Visitor visitor;
    private final Set<String> leftOut = new HashSet<>();

    /** @param visitor is shown each object that lies in a cell */
    public CellCensus(Path directory, Visitor visitor) {
        this.directory = directory;
        this.visitor = visitor;
    }

    /** Looks at one object. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param in the file that it lies in, to be read now
         * @param id its file and place
         * @param kind of the object, see {@link io.muster.ipc.memory.SegmentKind}
         * @param body where what is its own begins
         * @throws SegmentException if it is damaged
         */
        void visit(SegmentFile in, String id, int kind, long body) throws IOException;
    }

    /** How many objects of a kind there are, and what they take. */
    public record Tally(long count, long bytes) {
        Tally plus(long moreBytes) {
            return new Tally(count + 1, bytes + moreBytes);
        }
    }

    /** Files of an object that was counted already. */
    public void leaveOut(NamedObject object) {
        object.files().forEach(file -> leftOut.add(file.getFileName().toString()));
    }

    /** By kind. Files that are being made or removed just now, or are none of ours, do not count. */
    public Map<Integer, Tally> count() {
        Map<Integer, Tally> tallies = new TreeMap<>();
        String[] names = directory.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            // Never the lock file: closing it here would drop this process's locks, if it has any.
            boolean segment = !name.startsWith(".") && !name.equals("live") && !name.equals("table");
            if (segment && !leftOut.contains(name) && !NamedObject.isFileName(name)) {
                count(directory.resolve(name), tallies);
            }
        }
        return tallies;
    }

    private void count(Path file, Map<Integer, Tally> tallies) {
        int kind = SegmentFile.kindOf(file);
        if (kind == CellLayout.SEGMENT_KIND) {
            try (SegmentFile in = SegmentFile.open(file, CellLayout.SEGMENT_KIND, CellLayout.VERSION)) {
                countCells(in, file.getFileName().toString(), tallies);
            } catch (IOException | SegmentException e) {
                // Gone or damaged: then there is nothing to count.
            }
        } else if (kind != 0) {
            add(tallies, kind, file.toFile().length());
        }
    }

    private void countCells(SegmentFile in, String name, Map<Integer, Tally> tallies) throws IOException {
        long size = in.bodyBytes();
        long at = 0;
        while (at + CellLayout.BODY <= size) {
            long head = in.getLong(at + CellLayout.HEAD);
            int bytes = in.getInt(at + CellLayout.BYTES);
            if (bytes < CellLayout.BODY) {
                return;
            }
            if (head != 0) {
                add(tallies, CellLayout.kind(head), bytes);
                visitor.visit(in, name + "@" + at, CellLayout.kind(head), at + CellLayout.BODY);
            }
            at += bytes;
        }
    }

    private static void add(Map<Integer, Tally> tallies, int kind, long bytes) {
        tallies.put(kind, tallies.getOrDefault(kind, new Tally(0, 0)).plus(bytes));
    }
}
