package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.ObjectName;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A named object as its file describes it, read without attaching to it.
 *
 * @param name as its users call it
 * @param kind of the object
 * @param version of its layout
 * @param type as people read it
 * @param ref names it for any process of the place
 * @param makerPid of the process that made it, in that process's own words
 * @param madeAtMillis when, in milliseconds of the epoch
 * @param open false once it has been removed, though its file may still be there for a moment
 */
public record NamedObject(
        String name, int kind, int version, String type, CellRef ref, long makerPid, long madeAtMillis, boolean open) {

    /** The file in which the object of that name lies, if there is one. */
    static String fileName(String name) {
        return NamedLayout.FILE_PREFIX + ObjectName.encode(name) + NamedLayout.FILE_SUFFIX;
    }

    static boolean isFileName(String file) {
        return file.startsWith(NamedLayout.FILE_PREFIX)
                && file.endsWith(NamedLayout.FILE_SUFFIX)
                && file.length() > NamedLayout.FILE_PREFIX.length();
    }

    /** The name that its users gave the object in that file; null if it is no such file. */
    static String nameOf(String file) {
        return isFileName(file)
                ? ObjectName.decode(file.substring(
                        NamedLayout.FILE_PREFIX.length(), file.length() - NamedLayout.FILE_SUFFIX.length()))
                : null;
    }

    /**
     * Null if there is no such file.
     *
     * @throws CorruptSegmentException if it is no named object of this version
     */
    static NamedObject read(Path directory, String name) {
        String file = fileName(name);
        try (SegmentFile in = SegmentFile.open(directory.resolve(file), CellLayout.SEGMENT_KIND, CellLayout.VERSION)) {
            int format = in.getInt(NamedLayout.FORMAT);
            if (format != NamedLayout.FORMAT_NOW) {
                throw new CorruptSegmentException("the object '" + name + "' in " + directory + " has format " + format
                        + ", this program knows " + NamedLayout.FORMAT_NOW + ": another version of Muster made it");
            }
            long cell = in.getInt(NamedLayout.CELL);
            int length = Math.max(0, Math.min(in.getInt(NamedLayout.TYPE_LENGTH), NamedLayout.MOST_TYPE_BYTES));
            int kind = in.getInt(NamedLayout.KIND);
            int number = in.getInt(NamedLayout.NUMBER);
            return new NamedObject(
                    name,
                    kind,
                    in.getInt(NamedLayout.VERSION),
                    new String(in.getBytes(NamedLayout.TYPE, length), StandardCharsets.UTF_8),
                    new CellRef(directory.toString(), file, cell, number),
                    in.getLong(NamedLayout.MAKER),
                    in.getLong(NamedLayout.MADE_AT),
                    in.getLong(cell + CellLayout.HEAD) == CellLayout.head(kind, number));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new CorruptSegmentException("the object '" + name + "' in " + directory + " cannot be read: " + e);
        }
    }

    /** All files of the object, its own first. */
    public List<Path> files() {
        Path directory = Path.of(ref.place());
        List<Path> files = new ArrayList<>();
        files.add(directory.resolve(ref.file()));
        String[] names = directory.toFile().list();
        for (String each : names == null ? new String[0] : names) {
            if (isDataOf(each)) {
                files.add(directory.resolve(each));
            }
        }
        return files;
    }

    /** Whether a file is one of any named object's, besides its own. */
    static boolean isData(String file) {
        return file.contains(NamedLayout.DATA_PREFIX) || file.contains("-" + NamedLayout.FILE_PREFIX);
    }

    boolean isDataOf(String file) {
        return file.contains(NamedLayout.DATA_PREFIX + ref.generation() + ".")
                || file.contains("-" + ref.file() + "-" + ref.offset() + "-" + ref.generation() + "-");
    }

    /** What its files take. */
    public long bytes() {
        long bytes = 0;
        for (Path file : files()) {
            bytes += file.toFile().length();
        }
        return bytes;
    }
}
