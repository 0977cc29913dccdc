package io.muster.internal.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A Java file compiled in this JVM into one jar, which can be put on a class path. */
public final class SourceFile {
    private final Map<String, byte[]> classes;
    private final String mainClass;

    private SourceFile(Map<String, byte[]> classes, String mainClass) {
        this.classes = classes;
        this.mainClass = mainClass;
    }

    /**
     * Compiles a file.
     *
     * @param file one Java file
     * @param classPath what it may use
     * @throws IllegalArgumentException if it does not compile; with the compiler's messages
     * @throws IllegalStateException if this Java has no compiler
     * @throws IOException if the file cannot be read
     */
    public static SourceFile compile(Path file, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java (" + System.getProperty("java.home") + ") has no compiler: "
                    + file + " needs a JDK, not a runtime");
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file " + file + " that can be read");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                InMemory memory = new InMemory(files)) {
            boolean compiled = compiler.getTask(
                            messages,
                            memory,
                            null,
                            List.of("-cp", classPath, "-proc:none", "-g", "-parameters"),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            if (!compiled) {
                throw new IllegalArgumentException(
                        file + " does not compile:\n" + messages.toString().stripTrailing());
            }
            return new SourceFile(memory.classes(), mainClass(file, memory.classes()));
        }
    }

    /** The class that is named as the file is, else the first one. */
    private static String mainClass(Path file, Map<String, byte[]> classes) {
        String simple = file.getFileName().toString().replaceFirst("\\.java$", "");
        return classes.keySet().stream()
                .filter(each -> each.equals(simple) || each.endsWith("." + simple))
                .findFirst()
                .or(() -> classes.keySet().stream().findFirst())
                .orElseThrow(() -> new IllegalArgumentException(file + " has no class"));
    }

    /** Binary name of the class that the file is about. */
    public String mainClass() {
        return mainClass;
    }

    /** Writes all classes to a jar. */
    public void writeJar(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> each : classes.entrySet()) {
                out.putNextEntry(new JarEntry(each.getKey().replace('.', '/') + ".class"));
                out.write(each.getValue());
                out.closeEntry();
            }
        }
    }

    /** Keeps what the compiler writes. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, InMemoryClass> written = new TreeMap<>();

        InMemory(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return written.computeIfAbsent(className, InMemoryClass::new);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new TreeMap<>();
            written.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
            return classes;
        }
    }

    private static final class InMemoryClass extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        InMemoryClass(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }
}
