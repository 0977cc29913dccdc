package io.muster.cli;

import io.muster.ipc.journal.JournalInspector.Item;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How entries are shown: the options of all commands that print them. */
final class JournalOutput {
    @Option(
            names = {"-l", "--long"},
            description = "Time and position before each entry.")
    private boolean detailed;

    @Option(
            names = {"-c", "--class-path"},
            paramLabel = "PATH",
            description =
                    "Where the classes of the entries are, divided as in a class path. Without them an entry shows as"
                            + " '?' and its size.")
    private String classPath;

    private ClassLoader loader;

    /** False if nobody reads the output any more. */
    boolean print(Item item) {
        String text = item.text(loader());
        System.out.println(detailed ? item.time() + "  0x" + Long.toHexString(item.index()) + "  " + text : text);
        return !System.out.checkError();
    }

    private ClassLoader loader() {
        if (loader == null) {
            ClassLoader ours = JournalOutput.class.getClassLoader();
            loader = classPath == null ? ours : new URLClassLoader(urls(), ours);
        }
        return loader;
    }

    private URL[] urls() {
        List<URL> urls = new ArrayList<>();
        for (String each : classPath.split(File.pathSeparator)) {
            try {
                urls.add(Path.of(each).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new CommandFailure(ExitCode.USAGE, "'" + each + "' in --class-path is no path");
            }
        }
        return urls.toArray(new URL[0]);
    }
}
