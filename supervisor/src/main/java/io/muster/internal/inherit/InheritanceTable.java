package io.muster.internal.inherit;

import static io.muster.internal.inherit.OptionRule.dropped;
import static io.muster.internal.inherit.OptionRule.inherited;
import static io.muster.internal.inherit.OptionRule.inheritedBySameJdk;
import static io.muster.internal.inherit.OptionRule.rewritten;

import java.util.List;

/**
 * What a child gets of its parent's JVM options: the first row that matches an option decides. {@code
 * docs/what-reaches-the-child.md} shows the same rows; a test compares the two.
 */
final class InheritanceTable {
    static final List<OptionRule> ROWS = List.of(
            dropped(
                    "heap size",
                    "A child's heap is its own: `heap(...)`, or its share of what memory is left.",
                    "-Xmx*",
                    "-Xms*",
                    "-Xmn*",
                    "-XX:*HeapSize=*",
                    "-XX:*NewSize*=*",
                    "-XX:NewRatio=*",
                    "-XX:SurvivorRatio=*",
                    "-XX:MaxRAM*",
                    "-XX:InitialRAM*",
                    "-XX:MinRAM*",
                    "-XX:*HeapFreeRatio=*",
                    "-XX:±AggressiveHeap",
                    "-XX:±AlwaysPreTouch*",
                    "-XX:±UseLargePages*",
                    "-XX:±UseTransparentHugePages"),
            dropped(
                    "garbage collector",
                    "It was chosen and tuned for the parent's heap; the JVM chooses one for the child's size, unless"
                            + " `jvmArgs(...)` does.",
                    "-XX:±Use*GC",
                    "-XX:G1*",
                    "-XX:±G1*",
                    "-XX:Z*",
                    "-XX:±Z*",
                    "-XX:Shenandoah*",
                    "-XX:±Shenandoah*",
                    "-XX:*GCThreads=*",
                    "-XX:MaxGCPauseMillis=*",
                    "-XX:GCPauseIntervalMillis=*",
                    "-XX:GCTimeRatio=*",
                    "-XX:InitiatingHeapOccupancyPercent=*",
                    "-XX:*TenuringThreshold=*",
                    "-XX:±UseAdaptiveSizePolicy*",
                    "-XX:±ExplicitGCInvokesConcurrent*"),
            inherited(
                    "processors",
                    "This JVM was told how many to use; its children use no more.",
                    "-XX:ActiveProcessorCount=*"),
            dropped(
                    "end on out of memory",
                    "How a child ends is set by its builder, so that the cause can be told.",
                    "-XX:±ExitOnOutOfMemoryError",
                    "-XX:±CrashOnOutOfMemoryError"),
            dropped(
                    "debugger",
                    "Two JVMs cannot listen on one port. `MUSTER_DEBUG=NAME[:suspend]` opens a child's own.",
                    "-agentlib:jdwp*",
                    "-Xrunjdwp*",
                    "-Xdebug",
                    "-Xnoagent",
                    "-javaagent:*debugger-agent*.jar*"),
            dropped(
                    "console of an IDE",
                    "That agent ties the parent to the run window; the lifeline ties the child to the parent.",
                    "-javaagent:*idea_rt.jar*"),
            dropped(
                    "JMX ports",
                    "Two JVMs cannot listen on one port; give one to a child with `jvmArgs(...)`.",
                    "-Dcom.sun.management.*",
                    "-XX:±ManagementServer"),
            rewritten(
                    "JaCoCo",
                    "All processes append to one file, which it locks; with `append=false` each child has its own, with"
                            + " `output=tcpserver` only the parent is measured.",
                    OptionRewriting::jacoco,
                    "-javaagent:*jacoco*"),
            rewritten(
                    "other Java agents",
                    "Kept; the jar's path is made absolute.",
                    OptionRewriting::javaAgent,
                    "-javaagent:*"),
            rewritten(
                    "native agents by path",
                    "Kept; the path is made absolute and the pid is put into the name after `file=`.",
                    OptionRewriting::nativeAgent,
                    "-agentpath:*"),
            inherited("native agents by name", "Kept as they are.", "-agentlib:*", "-Xrun*"),
            rewritten(
                    "Flight Recorder",
                    "The recording is dumped into the directory of the file, under a name with the pid.",
                    OptionRewriting::recording,
                    "-XX:StartFlightRecording*"),
            rewritten(
                    "JVM log",
                    "A file gets the pid in its name. Logging to the console is dropped: a child's stdout and stderr"
                            + " are the program's.",
                    OptionRewriting::log,
                    "-Xlog",
                    "-Xlog:*"),
            rewritten(
                    "files the JVM writes",
                    "Made absolute, and the pid is put into the name.",
                    OptionRewriting::perProcessFile,
                    "-Xloggc:*",
                    "-XX:ErrorFile=*",
                    "-XX:LogFile=*",
                    "-XX:ReplayDataFile=*",
                    "-XX:PerfDataSaveFile=*"),
            rewritten(
                    "heap dump file",
                    "Its directory is given instead: there the JVM makes a name with the pid.",
                    OptionRewriting::heapDumpDirectory,
                    "-XX:HeapDumpPath=*"),
            dropped(
                    "class data archives",
                    "They belong to the parent's class path; children have their own.",
                    "-Xshare:*",
                    "-XX:*SharedArchive*",
                    "-XX:SharedClassListFile=*",
                    "-XX:SharedBaseAddress=*",
                    "-XX:DumpLoadedClassList=*",
                    "-XX:ArchiveClassesAtExit=*",
                    "-XX:AOT*"),
            dropped(
                    "what prints at start",
                    "It would print in every child.",
                    "-verbose*",
                    "-showversion",
                    "--show-version",
                    "-XshowSettings*",
                    "-XX:±Print*",
                    "--show-module-resolution"),
            dropped(
                    "windows and signals",
                    "A child has no window of its own, and needs its signal handlers to end in order.",
                    "-splash:*",
                    "-Xdock:*",
                    "-XstartOnFirstThread",
                    "-Xrs",
                    "-XX:±ReduceSignalUsage",
                    "--dry-run",
                    "--validate-modules"),
            dropped(
                    "properties that paths and directory decide",
                    "They are the child's own: see below, and `directory(...)`.",
                    "-Djava.class.path=*",
                    "-Djdk.module.*",
                    "-Duser.dir=*",
                    "-Dmuster.child=*",
                    "-Dsun.java.*"),
            inherited(
                    "system properties",
                    "Those of the command line (locale, encoding, time zone among them). One set later by"
                            + " `System.setProperty` stays in the parent, unless its name begins with `muster.`.",
                    "-D*"),
            inheritedBySameJdk(
                    "module rules of some JDKs only",
                    "Another JDK would refuse to start.",
                    "--illegal-access=*",
                    "--illegal-native-access=*",
                    "--sun-misc-unsafe-memory-access=*",
                    "--finalization=*",
                    "--enable-preview"),
            rewritten(
                    "paths for the boot loader and modules",
                    "Made absolute.",
                    OptionRewriting::absolutePath,
                    "-Xbootclasspath/a:*",
                    "--upgrade-module-path=*",
                    "-XX:Flags=*"),
            rewritten("patched modules", "Made absolute.", OptionRewriting::patchModule, "--patch-module=*"),
            inherited(
                    "modules",
                    "The same code needs the same doors.",
                    "--add-opens=*",
                    "--add-exports=*",
                    "--add-reads=*",
                    "--add-modules=*",
                    "--limit-modules=*",
                    "--enable-native-access=*"),
            inherited(
                    "assertions, stack size",
                    "The same code with the same checks.",
                    "-ea*",
                    "-enableassertions*",
                    "-da*",
                    "-disableassertions*",
                    "-esa",
                    "-enablesystemassertions",
                    "-dsa",
                    "-disablesystemassertions",
                    "-Xss*"),
            inheritedBySameJdk("everything else", "Kept as it is.", "*"));

    private InheritanceTable() {}

    /** The row that decides about an option; there is always one. */
    static OptionRule ruleFor(String option) {
        for (OptionRule rule : ROWS) {
            if (rule.matches(option)) {
                return rule;
            }
        }
        throw new AssertionError("the last row matches everything, but not " + option);
    }

    /** The table as it stands in the documentation. */
    static String toMarkdown() {
        StringBuilder text = new StringBuilder("| options of the parent | in a child | why |\n|---|---|---|\n");
        for (OptionRule rule : ROWS) {
            text.append("| **")
                    .append(rule.family())
                    .append("**: `")
                    .append(String.join("` `", rule.patterns()))
                    .append("` | ")
                    .append(rule.fate())
                    .append(" | ")
                    .append(rule.why())
                    .append(" |\n");
        }
        return text.toString();
    }
}
