package io.muster.cli;

import io.muster.internal.shell.SourceFile;
import io.muster.ipc.memory.SessionDirectory;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the workers of {@code muster map} can load: this program, and what the user named. */
final class MapClassPath {
    private static final String ALL_JARS = "*";

    private final List<Path> elements;

    private MapClassPath(List<Path> elements) {
        this.elements = elements;
    }

    /** Understands a class path as the java launcher does; null means what the launcher would take then. */
    static MapClassPath of(String classPath) throws IOException {
        String environment = System.getenv("CLASSPATH");
        String text = classPath != null ? classPath : environment != null ? environment : ".";
        List<Path> elements = new ArrayList<>();
        for (String element : text.split(File.pathSeparator)) {
            if (element.equals(ALL_JARS) || element.endsWith(File.separator + ALL_JARS)) {
                addJars(elements, Path.of(element).toAbsolutePath().getParent());
            } else {
                elements.add(Path.of(element).toAbsolutePath().normalize());
            }
        }
        if (classPath != null) {
            for (Path element : elements) {
                if (!Files.exists(element)) {
                    throw new CommandFailure(ExitCode.USAGE, "--class-path: there is no " + element);
                }
            }
        }
        return new MapClassPath(elements);
    }

    private static void addJars(List<Path> elements, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(each -> each.toString().toLowerCase().endsWith(".jar"))
                    .sorted()
                    .forEach(elements::add);
        }
    }

    /**
     * Compiles a file and puts its classes in front. They lie in the session directory, so that they go away with it however
     * this program ends.
     *
     * @return the name of its class
     */
    String addSourceFile(String file) throws IOException {
        SourceFile source = SourceFile.compile(Path.of(file), text());
        Path jar = SessionDirectory.current().newFile("map-classes");
        source.writeJar(jar);
        elements.add(0, jar);
        return source.mainClass();
    }

    /** For looking at the classes in this JVM. */
    ClassLoader loader() throws MalformedURLException {
        URL[] urls = new URL[elements.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = elements.get(i).toUri().toURL();
        }
        return new URLClassLoader(urls, MapClassPath.class.getClassLoader());
    }

    /** Ours first: what the user named cannot replace the code of the worker itself. */
    List<String> forWorkers() {
        List<String> all = new ArrayList<>();
        for (String own : System.getProperty("java.class.path").split(File.pathSeparator)) {
            all.add(Path.of(own).toAbsolutePath().toString());
        }
        elements.forEach(each -> all.add(each.toString()));
        return all;
    }

    private String text() {
        return String.join(
                File.pathSeparator, elements.stream().map(Path::toString).toList());
    }
}
