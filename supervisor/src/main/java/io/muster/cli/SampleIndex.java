package io.muster.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The samples that are on the class path. They say themselves where they are, in resources named {@value #RESOURCE}, as this
 * module must not know them. A line is {@code name main-class source-file what it shows}; lines with # are comments.
 */
final class SampleIndex {
    static final String RESOURCE = "META-INF/muster/samples";

    private static final int FIELDS = 4;

    private SampleIndex() {}

    static List<Sample> read(ClassLoader loader) {
        List<Sample> samples = new ArrayList<>();
        try {
            for (URL resource : Collections.list(loader.getResources(RESOURCE))) {
                readInto(samples, resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private static void readInto(List<Sample> samples, URL resource) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(resource.openStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] fields = line.strip().split("\\s+", FIELDS);
                    if (fields.length < FIELDS) {
                        throw new IOException(resource + ": not `name main-class source-file description`: " + line);
                    }
                    samples.add(new Sample(fields[0], fields[1], fields[2], fields[3]));
                }
            }
        }
    }

    /**
     * One sample.
     *
     * @param name what one types
     * @param mainClass where it begins
     * @param source the file to read, from the project's directory
     * @param description one line
     */
    record Sample(String name, String mainClass, String source, String description) {}
}
