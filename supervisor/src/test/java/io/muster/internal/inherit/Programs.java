package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Makes small programs for tests: compiles sources, packs jars. */
final class Programs {
    private Programs() {}

    /** Compiles one source, given as text, into {@code output}. */
    static Path compile(Path output, String className, String source, Path... classPath) throws IOException {
        Path file = Files.createDirectories(output.resolveSibling(output.getFileName() + "-src"))
                .resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
        Files.writeString(file, source);
        List<String> arguments = new ArrayList<>(List.of("-d", output.toString(), "-proc:none", "-XDsuppressNotes"));
        arguments.add("-cp");
        arguments.add(path(Stream.of(classPath).map(Path::toString).toList()));
        arguments.add(file.toString());
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        return output;
    }

    /** Compiles the sources of a module. */
    static void compileModule(Path output, Path modulePath, List<String> names, List<String> sources)
            throws IOException {
        Path directory = Files.createDirectories(output.resolveSibling(output.getFileName() + "-src"));
        List<String> arguments = new ArrayList<>(List.of("-d", output.toString(), "-proc:none", "-XDsuppressNotes"));
        arguments.addAll(List.of("--module-path", modulePath.toString()));
        for (int i = 0; i < names.size(); i++) {
            arguments.add(Files.writeString(directory.resolve(names.get(i) + ".java"), sources.get(i))
                    .toString());
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }

    /** A class {@code name} with a static method that returns {@code word}. */
    static Path compileWord(Path output, String name, String word) throws IOException {
        return compile(
                output,
                name,
                "public class %s { public static String word() { return \"%s\"; } }".formatted(name, word));
    }

    static String path(List<String> entries) {
        return String.join(java.io.File.pathSeparator, entries);
    }

    /** Packs directories into a jar. */
    static Path jar(Path jar, Map<String, String> manifest, Path... directories) throws IOException {
        try (JarOutputStream out = open(jar, manifest)) {
            for (Path directory : directories) {
                addTree(out, directory, "");
            }
        }
        return jar;
    }

    static JarOutputStream open(Path jar, Map<String, String> manifest) throws IOException {
        Manifest text = new Manifest();
        text.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> text.getMainAttributes().putValue(key, value));
        OutputStream file = Files.newOutputStream(jar);
        return new JarOutputStream(file, text);
    }

    static void addTree(JarOutputStream out, Path directory, String prefix) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted().toList()) {
                String name = prefix + directory.relativize(path).toString().replace('\\', '/');
                if (Files.isRegularFile(path) && !name.equals("META-INF/MANIFEST.MF")) {
                    addStored(out, name, Files.readAllBytes(path));
                }
            }
        }
    }

    /** An entry that is not compressed, as nested jars are. */
    static void addStored(JarOutputStream out, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
