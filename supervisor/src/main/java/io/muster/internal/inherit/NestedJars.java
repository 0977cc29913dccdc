package io.muster.internal.inherit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes what lies inside a jar out into files a class path can name, once: a nested jar as it is, a directory inside a
 * jar as a jar. Thread-safe, also among processes: a file appears under its name only when it is complete.
 */
final class NestedJars {
    private NestedJars() {}

    /**
     * The file for a nested location.
     *
     * @param location something inside a jar
     * @return a jar in {@link JarCache}
     * @throws IOException if the outer jar lacks it, or it cannot be written
     */
    static Path extract(ClassLocation location) throws IOException {
        Path directory = JarCache.directoryFor(location.file());
        Path file = location.file();
        StringBuilder way = new StringBuilder();
        for (String name : location.inner()) {
            way.append(way.isEmpty() ? "" : "!").append(name);
            Path target = directory
                    .resolve(way + (name.endsWith(".jar") || name.endsWith(".war") ? "" : ".jar"))
                    .normalize();
            if (!target.startsWith(directory)) {
                throw new IOException(location.file() + " has an entry with a path out of it: " + name);
            }
            if (!Files.exists(target)) {
                extract(file, name, target);
            }
            file = target;
        }
        return file;
    }

    private static void extract(Path outer, String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path unfinished = Files.createTempFile(target.getParent(), "unfinished-", "");
        try (ZipFile zip = new ZipFile(outer.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry != null && !entry.isDirectory()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
                }
            } else {
                copyDirectory(zip, name + "/", unfinished);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster, with the same bytes.
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void copyDirectory(ZipFile zip, String prefix, Path target) throws IOException {
        boolean any = false;
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setMethod(ZipOutputStream.STORED);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(prefix) && entry.getName().length() > prefix.length()) {
                    any = true;
                    copyEntry(zip, entry, entry.getName().substring(prefix.length()), out);
                }
            }
        }
        if (!any) {
            throw new NoSuchFileException(zip.getName() + "!/" + prefix);
        }
    }

    private static void copyEntry(ZipFile zip, ZipEntry from, String name, ZipOutputStream out) throws IOException {
        try (InputStream in = zip.getInputStream(from)) {
            byte[] bytes = in.readAllBytes();
            CRC32 crc = new CRC32();
            crc.update(bytes);
            ZipEntry to = new ZipEntry(name);
            to.setSize(bytes.length);
            to.setCrc(crc.getValue());
            to.setTime(from.getTime());
            out.putNextEntry(to);
            out.write(bytes);
            out.closeEntry();
        }
    }
}
