package io.muster.ipc.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.stream.Stream;

/** The file by which a directory is a journal. Complete when it gets its name, which one of several makers can give it. */
final class SettingsFile {
    static final String NAME = "journal.properties";

    private SettingsFile() {}

    static boolean isJournal(Path directory) {
        return Files.isRegularFile(directory.resolve(NAME));
    }

    /** What is written there; null if that is no journal. */
    static JournalSettings read(Path directory) {
        Path file = directory.resolve(NAME);
        try (InputStream in = Files.newInputStream(file)) {
            Properties text = new Properties();
            text.load(in);
            return JournalSettings.of(text);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            throw new JournalException(
                    file + " cannot be used (" + e.getMessage()
                            + "): it was damaged, or the journal was made by another"
                            + " version of Muster. The entries beside it are untouched; mend the file, or move the journal away.",
                    e);
        }
    }

    /** What is written there; that of the caller if the journal is made by this. */
    static JournalSettings readOrMake(Path directory, JournalSettings ours) {
        JournalSettings known = read(directory);
        return known != null ? known : make(directory, ours);
    }

    private static JournalSettings make(Path directory, JournalSettings ours) {
        Path draft = directory.resolve(NAME + "." + ProcessHandle.current().pid() + "-"
                + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        try {
            Files.createDirectories(directory);
            requireEmpty(directory);
            try (OutputStream out =
                    Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ours.toProperties().store(out, "A journal of Muster: docs/journal.md");
            }
            try {
                Files.createLink(directory.resolve(NAME), draft);
            } catch (FileAlreadyExistsException e) {
                // Somebody else was first: what he wrote counts.
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new JournalException("no journal can be made in " + directory + ": " + e, e);
        }
        return read(directory);
    }

    private static void requireEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Path foreign = files.filter(file -> !file.getFileName().toString().startsWith(NAME))
                    .findFirst()
                    .orElse(null);
            // Whoever was first may have gone on to its entries meanwhile.
            if (foreign != null && !isJournal(directory)) {
                throw new JournalException(directory + " is no journal, and not empty (" + foreign.getFileName()
                        + "): a journal needs a directory of its own. Nothing was changed.");
            }
        }
    }
}
