package io.muster.samples.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads regular files and cuts them into pieces. What cannot be read is said on stderr and left out. */
final class FileReader {
    /** Of one piece; a word that is longer is cut. */
    static final int PIECE_BYTES = 32 * 1024;

    private final Totals.Sink<Piece> next;
    private final Set<String> skippedDirectories;
    private final byte[] buffer = new byte[PIECE_BYTES];

    FileReader(Totals.Sink<Piece> next, Set<String> skippedDirectories) {
        this.next = next;
        this.skippedDirectories = skippedDirectories;
    }

    /** Reads files, and all those below directories; symbolic links found there are not followed. */
    void readAll(List<String> paths) throws InterruptedException, IOException {
        for (String path : paths) {
            Visitor visitor = new Visitor();
            Files.walkFileTree(Path.of(path), visitor);
            if (visitor.interrupted) {
                throw new InterruptedException();
            }
        }
    }

    private void read(Path file) throws InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0; // Begins a word whose end is not read yet.
            boolean isFirst = true;
            boolean isLast;
            do {
                int length = kept + in.readNBytes(buffer, kept, PIECE_BYTES - kept);
                isLast = length < PIECE_BYTES;
                int end = isLast ? length : endOfLastWord(length);
                if (isFirst || end > 0) {
                    next.put(new Piece(isFirst, Arrays.copyOf(buffer, end)));
                }
                isFirst = false;
                kept = length - end;
                System.arraycopy(buffer, end, buffer, 0, kept);
            } while (!isLast);
        } catch (IOException e) {
            say(file, e);
        }
    }

    /** Where what follows may be a part of a word; all of it if there is nothing else. */
    private int endOfLastWord(int length) {
        int end = length;
        while (end > 0 && Counts.isLetter(buffer[end - 1])) {
            end--;
        }
        return end == 0 ? length : end;
    }

    private static void say(Path file, IOException e) {
        System.err.println("pipeline: not read, or not to its end: " + file + ": " + e);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private boolean interrupted;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            Path name = directory.getFileName();
            return name != null && skippedDirectories.contains(name.toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            try {
                if (attributes.isRegularFile()) {
                    read(file);
                }
                return FileVisitResult.CONTINUE;
            } catch (InterruptedException e) {
                interrupted = true;
                return FileVisitResult.TERMINATE;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            say(file, e);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException e) {
            if (e != null) {
                say(directory, e);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
