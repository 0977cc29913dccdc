package io.muster.samples.wordcount;

import io.muster.FileSplit;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Walks files and directories and makes batches of what it finds. The first batches are small, so that all workers begin at
 * once and a small tree is shared fairly; the later ones large, so that a task's way does not matter.
 *
 * <p>A path that was named is followed if it is a symbolic link; one found on the way only if asked, and then each file is
 * taken once. What is neither file nor directory (pipes, devices) is left out.
 */
final class Batcher extends SimpleFileVisitor<Path> {
    private static final long MIN_BATCH_BYTES = 64 * 1024;
    private static final long MAX_BATCH_BYTES = 8 << 20;
    /** Opening a file costs about as much as reading this much of it. */
    private static final long BYTES_PER_OPEN = 8 * 1024;
    /** A batch is this part of all that came before it. */
    private static final int GROWTH = 16;

    private final boolean followLinks;
    private final Set<String> skippedDirectories;
    private final Consumer<Batch> target;
    private final List<UnreadableFile> problems = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();

    private List<FileSplit> pieces = new ArrayList<>();
    private long batchBytes;
    private long batchWeight;
    private long totalBytes;
    private long emptyFiles;
    private long linksNotFollowed;

    Batcher(boolean followLinks, Set<String> skippedDirectories, Consumer<Batch> target) {
        this.followLinks = followLinks;
        this.skippedDirectories = skippedDirectories;
        this.target = target;
    }

    /**
     * Walks one path.
     *
     * @return false if it is not there or cannot be read at all
     */
    boolean walk(Path start) {
        try {
            Path real = Files.isSymbolicLink(start) ? start.toRealPath() : start;
            if (!Files.isDirectory(real)) {
                add(real);
                return true;
            }
            Set<FileVisitOption> options = EnumSet.noneOf(FileVisitOption.class);
            if (followLinks) {
                options.add(FileVisitOption.FOLLOW_LINKS);
            }
            Files.walkFileTree(real, options, Integer.MAX_VALUE, this);
            return Files.isReadable(real);
        } catch (IOException e) {
            problems.add(UnreadableFile.of(start, e));
            return false;
        }
    }

    /** Hands on what is left. */
    void finish() {
        if (!pieces.isEmpty()) {
            target.accept(new Batch(pieces, batchBytes));
            pieces = new ArrayList<>();
            batchBytes = 0;
            batchWeight = 0;
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
        Path name = dir.getFileName();
        return name != null && skippedDirectories.contains(name.toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            linksNotFollowed++;
        } else if (attributes.isRegularFile() && isNew(attributes)) {
            try {
                add(file);
            } catch (IOException e) {
                problems.add(UnreadableFile.of(file, e));
            }
        }
        return Thread.currentThread().isInterrupted() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        problems.add(UnreadableFile.of(file, failure));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, IOException failure) {
        if (failure != null) {
            problems.add(UnreadableFile.of(dir, failure));
        }
        return FileVisitResult.CONTINUE;
    }

    /** Two links to one file are one file; without links no file is met twice in one walk. */
    private boolean isNew(BasicFileAttributes attributes) {
        return !followLinks || attributes.fileKey() == null || seen.add(attributes.fileKey());
    }

    private void add(Path file) throws IOException {
        List<FileSplit> fresh = FileSplit.of(file, MAX_BATCH_BYTES);
        emptyFiles += fresh.isEmpty() ? 1 : 0;
        for (FileSplit piece : fresh) {
            pieces.add(piece);
            batchBytes += piece.length();
            batchWeight += piece.length() + BYTES_PER_OPEN;
            totalBytes += piece.length();
            if (batchWeight >= Math.min(MAX_BATCH_BYTES, Math.max(MIN_BATCH_BYTES, totalBytes / GROWTH))) {
                finish();
            }
        }
    }

    List<UnreadableFile> problems() {
        return problems;
    }

    long totalBytes() {
        return totalBytes;
    }

    /** Files without a byte: they are in no batch. */
    long emptyFiles() {
        return emptyFiles;
    }

    long linksNotFollowed() {
        return linksNotFollowed;
    }
}
