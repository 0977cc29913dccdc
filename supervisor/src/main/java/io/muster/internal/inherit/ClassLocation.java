package io.muster.internal.inherit;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place on disk that holds classes: a file or directory, or something inside a jar. Understands the addresses that
 * class loaders use:
 *
 * <pre>
 *   file:/lib/a.jar    file:/classes/                          plain
 *   jar:file:/lib/a.jar!/                                      the same
 *   jar:file:/app.jar!/BOOT-INF/lib/a.jar!/                    nested (Spring Boot up to 3.1)
 *   jar:file:/app.jar!/BOOT-INF/classes!/
 *   jar:nested:/app.jar/!BOOT-INF/lib/a.jar!/                  nested (Spring Boot from 3.2)
 * </pre>
 *
 * @param file the outermost file or directory
 * @param inner names inside it, from the outside in; none for the file itself
 */
record ClassLocation(Path file, List<String> inner) {
    /** The location a class loader's URL means; empty if it is not on disk. */
    static Optional<ClassLocation> ofRoot(URL address) {
        return parse(address.toString(), "");
    }

    /** The location that holds {@code resource}, found at this URL; empty if it is not on disk. */
    static Optional<ClassLocation> ofResource(URL address, String resource) {
        return parse(address.toString(), resource);
    }

    boolean isNested() {
        return !inner.isEmpty();
    }

    private static Optional<ClassLocation> parse(String address, String resource) {
        String text = address.endsWith("/" + resource) || resource.isEmpty()
                ? address.substring(0, address.length() - resource.length())
                : address;
        text = text.startsWith("jar:") ? text.substring("jar:".length()) : text;
        if (text.startsWith("nested:")) {
            // nested:/app.jar/!BOOT-INF/... and file:/app.jar!/BOOT-INF/... mean the same.
            text = "file:" + text.substring("nested:".length()).replaceFirst("/!", "!/");
        }
        if (!text.startsWith("file:")) {
            return Optional.empty();
        }
        String[] parts = text.split("!/");
        List<String> inner = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            inner.add(decoded(parts[i].endsWith("/") ? parts[i].substring(0, parts[i].length() - 1) : parts[i]));
        }
        return file(parts[0]).map(file -> new ClassLocation(file, List.copyOf(inner)));
    }

    private static Optional<Path> file(String address) {
        try {
            return Optional.of(Path.of(new URI(address)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Loaders that are made by hand often forget to encode spaces.
            return Optional.of(Path.of(address.substring("file:".length())));
        }
    }

    private static String decoded(String name) {
        try {
            return name.indexOf('%') < 0
                    ? name
                    : new URI("x:///" + name).getPath().substring(1);
        } catch (URISyntaxException e) {
            return name;
        }
    }
}
