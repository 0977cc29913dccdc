package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ChildStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a program can have its classes, with real parents, children and grandchildren. */
@Timeout(120)
public class ClassesReachChildTest {
    @TempDir
    Path temp;

    /** What all tests run, and none changes. */
    @TempDir
    static Path compiled;

    private static Path word;
    private static Path reach;
    private static List<String> muster;

    @BeforeAll
    static void compile() throws IOException {
        muster = OwnJars.paths();
        word = Programs.compileWord(compiled.resolve("word"), "Word", "right");
        reach = Programs.compile(compiled.resolve("reach"), "Reach", ParentProgram.SOURCE, musterAnd(word));
    }

    @Test
    void underTheTestRunner() throws Exception {
        Path answer = temp.resolve("answer");
        String file = answer.toString();
        ChildProcess child = ChildProcess.named("child").heap("32m").start(() -> write(file));
        child.join();
        assertTrue(child.exitStatus().orElseThrow().isSuccess(), child::toString);
        assertEquals("done", Files.readString(answer));
    }

    @Test
    void plainClassPath() throws Exception {
        run("-cp", path(reach, word), "Reach").assertBothSay("right");
    }

    @Test
    void relativeClassPathAndAnotherDirectory() throws Exception {
        String source = ParentProgram.SOURCE.replace(
                ".heap(\"32m\")", ".heap(\"32m\").directory(java.nio.file.Path.of(\"/\"))");
        Programs.compileWord(temp.resolve("word"), "Word", "right");
        Programs.compile(temp.resolve("reach"), "Reach", source, musterAnd(word));
        run("-cp", "reach:word:" + Programs.path(muster), "Reach").assertBothSay("right");
    }

    @Test
    void modulePath() throws Exception {
        Path modules = modules();
        run("--module-path", modules.toString(), "--module", "app/demo.Reach").assertBothSay("right");
    }

    @Test
    void manifestOnlyJar() throws Exception {
        String entries = Stream.concat(muster.stream(), List.of(reach + "/", word + "/").stream())
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        Path jar = Programs.jar(temp.resolve("booter.jar"), Map.of("Main-Class", "Reach", "Class-Path", entries));
        run("-jar", jar.toString()).assertBothSay("right");
    }

    @Test
    void jarWithNestedJarsInTheOldSpelling() throws Exception {
        fatJar("jar:file:%s!/");
    }

    @Test
    void jarWithNestedJarsInTheNewSpelling() throws Exception {
        fatJar("jar:nested:%s/!");
    }

    @Test
    void urlClassLoader() throws Exception {
        Path host = host("new URLClassLoader(urls, Host.class.getClassLoader())");
        run("-cp", path(host), "Host", reach.toString(), word.toString()).assertBothSay("right");
    }

    @Test
    void isolatedUrlClassLoaderNextToAnotherVersion() throws Exception {
        Path wrong = Programs.compileWord(temp.resolve("wrong"), "Word", "wrong");
        Path host = host("new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())");
        List<String> arguments = new ArrayList<>(List.of("-cp", path(wrong, host), "Host", reach.toString()));
        arguments.add(word.toString());
        arguments.addAll(muster);
        run(arguments.toArray(String[]::new)).assertBothSay("right");
    }

    @Test
    void classLoaderWithBytesOnly() throws Exception {
        Path host = host("new Host.Bytes(urls)");
        run("-cp", path(host), "Host", reach.toString(), word.toString()).assertBothSay("right");
    }

    @Test
    void sourceFile() throws Exception {
        Path file = Files.writeString(
                temp.resolve("Reach.java"),
                ParentProgram.SOURCE + "class Word { static String word() { return \"from source\"; } }\n");
        run("-cp", Programs.path(muster), file.toString()).assertBothSay("from source");
    }

    @Test
    void jshell() throws Exception {
        String snippets = "String word() { return \"from a snippet\"; }\n"
                + ParentProgram.SOURCE.replace("Word.word()", "word()")
                + "\nReach.main(null)\n/exit\n";
        new ParentProgram(temp)
                .input(snippets)
                .run(
                        "jshell",
                        List.of(
                                "-J-Djava.util.prefs.userRoot=" + temp,
                                "-R-D" + ParentProgram.ANSWERS + "=" + temp,
                                "--class-path",
                                path(word),
                                "-s",
                                "-"))
                .assertBothSay("from a snippet");
    }

    @Test
    void aClassNobodyHasFailsAtOnceAndNamesTheClassLoader() {
        ChildStartException e = assertThrows(
                ChildStartException.class, () -> ChildProcess.named("child").startMain("not.Here"));
        assertTrue(e.getMessage().contains("not.Here"), e.getMessage());
        assertTrue(e.getMessage().contains("the class loader"), e.getMessage());
    }

    /** Runs in the child. */
    public static void write(String file) throws IOException {
        Files.writeString(Path.of(file), "done");
    }

    private void fatJar(String root) throws Exception {
        Path launcher = Programs.compile(temp.resolve("launcher"), "FatMain", FatLauncher.source(root));
        Path inner = Programs.jar(temp.resolve("word.jar"), Map.of(), word);
        Path jar = temp.resolve("app.jar");
        try (JarOutputStream out = Programs.open(jar, Map.of("Main-Class", "FatMain"))) {
            Programs.addTree(out, launcher, "");
            Programs.addTree(out, reach, "BOOT-INF/classes/");
            Programs.addStored(out, "BOOT-INF/lib/word.jar", Files.readAllBytes(inner));
            for (String path : muster) {
                Path file = Path.of(path);
                if (Files.isDirectory(file)) {
                    file = Programs.jar(temp.resolve("m" + path.hashCode() + ".jar"), Map.of(), file);
                }
                Programs.addStored(out, "BOOT-INF/lib/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        run("-Djava.io.tmpdir=" + temp, "-jar", jar.toString()).assertBothSay("right");
    }

    private Path modules() throws IOException {
        Path modules = Files.createDirectories(temp.resolve("modules"));
        List<String> names = List.of("io.muster.child", "io.muster.ipc", "io.muster", "com.sun.jna");
        for (int i = 0; i < muster.size(); i++) {
            Path file = Path.of(muster.get(i));
            Path jar = modules.resolve("m" + i + ".jar");
            if (Files.isDirectory(file)) {
                Programs.jar(jar, Map.of("Automatic-Module-Name", names.get(i)), file);
            } else {
                Files.copy(file, jar);
            }
        }
        Path classes = temp.resolve("module");
        String[] sources = {
            "open module app { requires io.muster; requires io.muster.child; }",
            "package demo; public class Word { public static String word() { return \"right\"; } }",
            "package demo; " + ParentProgram.SOURCE
        };
        Programs.compileModule(classes, modules, List.of("module-info", "Word", "Reach"), List.of(sources));
        Programs.jar(modules.resolve("app.jar"), Map.of(), classes);
        return modules;
    }

    /** A program that runs {@code Reach} through a class loader it makes of its arguments. */
    private Path host(String loader) throws IOException {
        String source = """
                import java.io.*;
                import java.net.*;
                import java.nio.file.*;

                public class Host {
                    public static void main(String[] args) throws Exception {
                        URL[] urls = new URL[args.length];
                        for (int i = 0; i < args.length; i++) urls[i] = Path.of(args[i]).toUri().toURL();
                        ClassLoader loader = LOADER;
                        Class.forName("Reach", true, loader).getMethod("main", String[].class).invoke(null, (Object) args);
                    }

                    static class Bytes extends ClassLoader {
                        private final URLClassLoader files;

                        Bytes(URL[] urls) {
                            files = new URLClassLoader(urls, null);
                        }

                        protected Class<?> findClass(String name) throws ClassNotFoundException {
                            try (InputStream in = files.getResourceAsStream(name.replace('.', '/') + ".class")) {
                                if (in == null) throw new ClassNotFoundException(name);
                                byte[] bytes = in.readAllBytes();
                                return defineClass(name, bytes, 0, bytes.length);
                            } catch (IOException e) {
                                throw new ClassNotFoundException(name, e);
                            }
                        }

                        protected URL findResource(String name) {
                            return files.getResource(name);
                        }
                    }
                }
                """.replace("LOADER", loader);
        return Programs.compile(temp.resolve("host"), "Host", source, musterAnd());
    }

    private static Path[] musterAnd(Path... more) {
        List<Path> all = new ArrayList<>(muster.stream().map(Path::of).toList());
        all.addAll(List.of(more));
        return all.toArray(Path[]::new);
    }

    private String path(Path... more) {
        return Programs.path(Stream.of(musterAnd(more)).map(Path::toString).toList());
    }

    private ParentProgram run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-D" + ParentProgram.ANSWERS + "=" + temp));
        all.addAll(List.of(arguments));
        return new ParentProgram(temp).run("java", all);
    }
}
