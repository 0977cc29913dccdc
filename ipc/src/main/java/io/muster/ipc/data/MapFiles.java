package io.muster.ipc.data;

import io.muster.ipc.memory.FileRoom;
import io.muster.ipc.memory.FileSteps;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PlainFile;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The files of one map: their names, and every step that makes or removes one. Thread-safe. */
final class MapFiles {
    /** What {@link Segment} calls files that are not finished. */
    private static final String UNFINISHED = ".new-";

    private final Path directory;
    private final String prefix;
    private final FileSteps steps;
    private final UnaryOperator<Memory> view;

    MapFiles(Path directory, String prefix) {
        this(directory, prefix, FileSteps.UNWATCHED, UnaryOperator.identity());
    }

    /**
     * @param steps told before each step that others could see
     * @param view how this process sees memory; tests give one that dies
     */
    MapFiles(Path directory, String prefix, FileSteps steps, UnaryOperator<Memory> view) {
        this.directory = directory;
        this.prefix = prefix;
        this.steps = steps;
        this.view = view;
    }

    private Path path(String name) {
        return directory.resolve(prefix + "." + name);
    }

    private Path header() {
        return path("head");
    }

    private Path segment(int stripe, int file) {
        return path("s" + stripe + "." + Integer.toUnsignedString(file));
    }

    private Path value(int stripe, long version) {
        return path("v" + stripe + "." + version);
    }

    Segment createHeader(long bytes) {
        return Segment.create(header(), MapLayout.KIND, MapLayout.VERSION_NOW, bytes, steps);
    }

    Segment openHeader() {
        return Segment.open(header(), MapLayout.KIND, MapLayout.VERSION_NOW);
    }

    /** A segment's bytes as this process sees them. */
    Memory view(Segment segment) {
        return view.apply(segment.memory());
    }

    /** A segment of zeros; what a death has left under that name is replaced. */
    StripeSegment createSegment(int stripe, int file, long bytes) {
        Segment segment =
                Segment.create(segment(stripe, file), StripeLayout.KIND, StripeLayout.VERSION_NOW, bytes, steps);
        return wrap(file, segment);
    }

    /** @throws SegmentException also if it was removed meanwhile */
    StripeSegment openSegment(int stripe, int file) {
        return wrap(file, Segment.open(segment(stripe, file), StripeLayout.KIND, StripeLayout.VERSION_NOW));
    }

    private StripeSegment wrap(int file, Segment segment) {
        return new StripeSegment(file, segment, view(segment));
    }

    void removeSegment(int stripe, int file) {
        remove(segment(stripe, file));
        FileRoom.noteLeftMapping();
    }

    void writeValue(int stripe, long version, byte[] bytes, int length) {
        PlainFile.write(value(stripe, version), bytes, length, steps);
    }

    /** Null if it was removed meanwhile. */
    byte[] readValue(int stripe, long version, int length) {
        return PlainFile.read(value(stripe, version), length);
    }

    void removeValue(int stripe, long version) {
        remove(value(stripe, version));
    }

    void forceValue(int stripe, long version) {
        PlainFile.force(value(stripe, version));
    }

    private void remove(Path path) {
        steps.before("remove " + path);
        path.toFile().delete();
    }

    /** The numbers behind {@code letter} in the names of that stripe's files: s for segments, v for large values. */
    List<Long> numbers(char letter, int stripe) {
        List<Long> numbers = new ArrayList<>();
        String start = prefix + "." + letter + stripe + ".";
        for (String name : names()) {
            if (name.startsWith(start)) {
                try {
                    numbers.add(Long.parseLong(name.substring(start.length())));
                } catch (NumberFormatException e) {
                    // No name of ours.
                }
            }
        }
        return numbers;
    }

    /** By the stripe's lock holder: what a death has left half made. */
    void removeUnfinished(int stripe) {
        removeAll(UNFINISHED + prefix + ".s" + stripe + ".");
    }

    /** How many of those there are. */
    int unfinished(int stripe) {
        int count = 0;
        for (String name : names()) {
            count += name.startsWith(UNFINISHED + prefix + ".s" + stripe + ".") ? 1 : 0;
        }
        return count;
    }

    /** For a map that is closed, or about to be made. */
    void removeAll() {
        removeAll(UNFINISHED + prefix + ".");
        removeAll(prefix + ".");
    }

    private void removeAll(String start) {
        for (String name : names()) {
            if (name.startsWith(start)) {
                remove(directory.resolve(name));
            }
        }
    }

    private String[] names() {
        String[] names = directory.toFile().list();
        return names == null ? new String[0] : names;
    }

    /** Makes the names themselves last, on file systems that can. */
    void forceDirectory() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new SegmentException("cannot write the directory " + directory + " to its disk", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Bytes that all its files take. */
    long bytes() {
        long bytes = 0;
        for (String name : names()) {
            bytes += name.startsWith(prefix + ".")
                    ? directory.resolve(name).toFile().length()
                    : 0;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return prefix;
    }
}
