package io.muster.ipc.wait;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * JNA's own native library as a file, laid ready once by a parent so that its children need not each unpack it: some
 * 10-20 ms and a temporary file less for each.
 */
public final class NativeLibraryFile {
    /** System property of a JVM that names the directory of a library laid ready. */
    public static final String PROPERTY = NativeLayer.LIBRARY_PROPERTY;

    private NativeLibraryFile() {}

    /**
     * Unpacks the library of this machine, whole or not at all; one that is there is left alone.
     *
     * @param directory exists, belongs to this user alone, and allows executables ({@code /dev/shm} often does not)
     * @return the file, whose directory goes into the children's {@value #PROPERTY}
     * @throws FileNotFoundException if JNA brings none for this machine
     */
    public static Path unpackTo(Path directory) throws IOException {
        Objects.requireNonNull(directory, "directory");
        String name = System.mapLibraryName("jnidispatch");
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        Path unfinished = Files.createTempFile(directory, name, ".new");
        try (InputStream library = open(name)) {
            Files.copy(library, unfinished, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static InputStream open(String name) throws IOException {
        SyscallNumbers numbers = SyscallNumbers.ofThisMachine();
        String resource = numbers == null ? null : "/com/sun/jna/" + numbers.jnaPrefix + "/" + name;
        InputStream library = resource == null ? null : NativeLibraryFile.class.getResourceAsStream(resource);
        if (library == null) {
            throw new FileNotFoundException("JNA has no native library for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch"));
        }
        return library;
    }
}
