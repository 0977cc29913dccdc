package io.muster.internal.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a JVM keeps classes for those that start after it. */
enum ArchiveForm {
    /** A layer upon the JDK's own archive; a JVM that cannot take it goes on with the JDK's. */
    LAYER(".jsa", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),

    /**
     * In place of the JDK's archive, with classes that are linked already: a start takes some 10 ms less. A JVM that cannot take it
     * does without any archive, which costs more than it gains: so it is for children whose options are known to make no difference.
     */
    CACHE(".aot", "-XX:AOTCacheOutput=", "-XX:AOTCache=");

    private static final int HAS_CACHES = 25;
    /** From here on object pointers have another width than in the JVM that made it. */
    private static final long LARGE_HEAP_MEGABYTES = 31 * 1024;

    /** Collectors that can take the objects in it, sizes, properties, assertions, compilers. */
    private static final Pattern NO_DIFFERENCE = Pattern.compile(
            "-XX:[+]Use(Serial|Parallel|G1)GC|-Xm[snx].*|-Xss.*|-D(?!java\\.system\\.class\\.loader|jdk\\.module).*|-(ea|da|esa|dsa)\\b.*"
                    + "|-XX:TieredStopAtLevel=.*|-XX:[+-](ExitOnOutOfMemoryError|HeapDumpOnOutOfMemoryError|UsePerfData)"
                    + "|-XX:(Max(DirectMemory|Metaspace)Size|HeapDumpPath|ErrorFile|ActiveProcessorCount)=.*");

    private final String suffix;
    private final String toMake;
    private final String toStartFrom;

    ArchiveForm(String suffix, String toMake, String toStartFrom) {
        this.suffix = suffix;
        this.toMake = toMake;
        this.toStartFrom = toStartFrom;
    }

    /**
     * The best form for a child.
     *
     * @param own its own options; what opens modules would have to be the same in the JVM that makes the archive
     * @param inherited options that it and the JVM that makes the archive have from this one
     */
    static ArchiveForm of(Path home, List<String> own, List<String> inherited, long heapMegabytes) {
        boolean known = Stream.concat(own.stream(), inherited.stream().filter(each -> !each.startsWith("--")))
                .allMatch(each -> NO_DIFFERENCE.matcher(each).matches());
        boolean takesCache =
                known && heapMegabytes < LARGE_HEAP_MEGABYTES && VersionFlags.featureOf(home) >= HAS_CACHES;
        return takesCache ? CACHE : LAYER;
    }

    static boolean isNameOfOne(String file) {
        return file.endsWith(LAYER.suffix) || file.endsWith(CACHE.suffix);
    }

    String suffix() {
        return suffix;
    }

    /** The option of a JVM that makes one when it ends. */
    String toMake(Path file) {
        return toMake + file;
    }

    /** The options of a JVM that starts from one. */
    List<String> toStartFrom(Path file) {
        // Should it not fit in spite of all, nobody needs to be told.
        return this == CACHE ? List.of("-Xlog:aot*=off:stderr", toStartFrom + file) : List.of(toStartFrom + file);
    }
}
