package io.muster.ipc.memory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of bytes beside segments that are written once, then only read through a descriptor, never mapped: who reads one
 * that is removed meanwhile keeps its bytes, and nobody has anything to give back.
 *
 * <p>A file is not complete before {@link #write} returns: name it to others only then. Thread-safety: any thread; an interrupt
 * does no harm.
 */
public final class PlainFile {
    /** The JDK takes as much memory outside of the heap as is read or written at once. */
    private static final int STEP_BYTES = 1 << 20;

    private PlainFile() {}

    /**
     * Makes a file of the first {@code length} bytes; what is there already is replaced.
     *
     * @throws NoSpaceException if there is no room; nothing is left behind
     * @throws SegmentException if it cannot be written for another reason
     */
    public static void write(Path file, byte[] bytes, int length, FileSteps steps) {
        FileRoom.make(() -> writeOnce(file, bytes, length, steps));
    }

    /** Returns the file. */
    private static Path writeOnce(Path file, byte[] bytes, int length, FileSteps steps) {
        Path directory = file.toAbsolutePath().getParent();
        FreeSpace free = FreeSpace.in(directory);
        if (free.bytes() < length && directory.toFile().isDirectory()) {
            throw NoSpaceException.in(directory, length, free, null);
        }
        steps.before("create " + file);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(0);
            for (int at = 0; at < length; at += STEP_BYTES) {
                out.write(bytes, at, Math.min(STEP_BYTES, length - at));
            }
            return file;
        } catch (IOException e) {
            file.toFile().delete();
            if (Segment.isNoSpace(e)) {
                throw NoSpaceException.in(directory, length, FreeSpace.in(directory), e);
            }
            throw new SegmentException("cannot write the file " + file + " of " + length + " bytes", e);
        }
    }

    /**
     * Its bytes, or null if it is not there any more.
     *
     * @param length how many it must have
     * @throws CorruptSegmentException if it has another length
     */
    public static byte[] read(Path file, int length) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() != length) {
                throw new CorruptSegmentException(file + " has " + in.length() + " bytes, expected " + length
                        + ": it was cut short or overwritten");
            }
            byte[] bytes = new byte[length];
            for (int at = 0; at < length; at += STEP_BYTES) {
                in.readFully(bytes, at, Math.min(STEP_BYTES, length - at));
            }
            return bytes;
        } catch (FileNotFoundException e) {
            checkThatItIsGone(file, e);
            return null;
        } catch (IOException e) {
            throw new SegmentException("cannot read the file " + file, e);
        }
    }

    /** Writes it to the disk; does nothing if it is not there any more. */
    public static void force(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.getFD().sync();
        } catch (FileNotFoundException e) {
            // Removed meanwhile, nobody will ask for it.
            checkThatItIsGone(file, e);
        } catch (IOException e) {
            throw new SegmentException("cannot write the file " + file + " to its disk", e);
        }
    }

    /** The JDK gives this exception also to a process that may open no more files. */
    private static void checkThatItIsGone(Path file, FileNotFoundException e) {
        if (Files.exists(file)) {
            throw new SegmentException("the file " + file + " is there but cannot be opened", e);
        }
    }
}
