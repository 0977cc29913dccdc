package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritedOptionsTest {
    private static final String OWN_PROPERTY = "muster.test.inherited";

    @TempDir
    Path base;

    @AfterEach
    void forgetProperty() {
        System.clearProperty(OWN_PROPERTY);
    }

    @Test
    void heapCollectorProcessorsAndArchivesAreTheChildsOwn() {
        assertDropped("-Xmx2g", "-Xms1g", "-Xmn64m", "-XX:MaxRAMPercentage=75.0", "-XX:MaxHeapSize=1g");
        assertDropped("-XX:+UseZGC", "-XX:-UseParallelGC", "-XX:G1HeapRegionSize=4m", "-XX:MaxGCPauseMillis=50");
        assertDropped("-XX:SharedArchiveFile=a.jsa", "-XX:AOTCache=a.aot", "-Xshare:off");
        assertDropped("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void debuggersConsolesAndPortsStayWithTheParent() {
        assertDropped("-agentlib:jdwp=transport=dt_socket,server=y,address=5005", "-Xdebug", "-Xrunjdwp:server=y");
        assertDropped("-javaagent:/opt/idea/lib/idea_rt.jar=41234:/opt/idea/bin");
        assertDropped("-Dcom.sun.management.jmxremote.port=9010", "-Dcom.sun.management.jmxremote");
        assertDropped("-javaagent:/x/jacocoagent.jar=output=tcpserver,port=6300");
    }

    @Test
    void modulesPropertiesAndChecksAreKept() {
        assertKept("--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-modules=java.sql", "--enable-preview");
        assertKept("-Dfile.encoding=UTF-8", "-Duser.timezone=UTC", "-ea", "-ea:io.muster...", "-Xss2m");
        assertKept("--enable-native-access=ALL-UNNAMED", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");
    }

    @Test
    void logFilesGetThePid() {
        assertRewritten("-Xlog:gc*:file=" + base + "/gc-%p.log", "-Xlog:gc*:file=gc.log");
        assertRewritten("-Xlog:gc:file=/x/gc-%p.log:time:filecount=2", "-Xlog:gc:/x/gc-%p.log:time:filecount=2");
        assertRewritten("-Xlog:gc:file=\"/a b/gc-%p.log\"", "-Xlog:gc:file=\"/a b/gc.log\"");
        assertRewritten("-Xloggc:" + base + "/logs/gc-%p", "-Xloggc:logs/gc");
        assertRewritten("-XX:ErrorFile=/var/crash-%p.txt", "-XX:ErrorFile=/var/crash.txt");
    }

    @Test
    void logsToTheConsoleAreDropped() {
        assertDropped("-Xlog", "-Xlog:gc", "-Xlog:gc:stderr", "-Xlog:gc::time", "-verbose:gc", "-Xlog:disable");
    }

    @Test
    void dumpsAndRecordingsGoIntoTheDirectoryOfTheirFile() {
        assertRewritten("-XX:HeapDumpPath=/var/dumps", "-XX:HeapDumpPath=/var/dumps/heap.hprof");
        assertRewritten("-XX:HeapDumpPath=" + base, "-XX:HeapDumpPath=" + base);
        assertRewritten(
                "-XX:StartFlightRecording=filename=/x,settings=profile",
                "-XX:StartFlightRecording=filename=/x/rec.jfr,settings=profile");
        assertRewritten("-XX:StartFlightRecording", "-XX:StartFlightRecording");
    }

    @Test
    void agentsAreFoundFromAnyDirectory() {
        assertRewritten("-javaagent:" + base + "/a.jar=x=y", "-javaagent:a.jar=x=y");
        assertRewritten(
                "-agentpath:/lib/prof.so=start,file=" + base + "/out-%p.html",
                "-agentpath:/lib/prof.so=start,file=out.html");
        assertRewritten("--patch-module=m=" + base + "/a.jar:/b", "--patch-module=m=a.jar:/b");
        assertRewritten("-Xbootclasspath/a:" + base + "/a.jar", "-Xbootclasspath/a:a.jar");
    }

    @Test
    void coverageIsAppendedToOneFileOrWrittenToOneFilePerChild() {
        assertRewritten(
                "-javaagent:/x/jacocoagent.jar=includes=a.*,destfile=" + base + "/target/j.exec",
                "-javaagent:/x/jacocoagent.jar=destfile=target/j.exec,includes=a.*");
        assertRewritten(
                "-javaagent:/x/jacocoagent.jar=append=false,destfile=" + base + "/j-worker_1.exec",
                "-javaagent:/x/jacocoagent.jar=destfile=j.exec,append=false");
        assertRewritten("-javaagent:/x/jacoco.jar=destfile=" + base + "/jacoco.exec", "-javaagent:/x/jacoco.jar");
    }

    @Test
    void anotherJdkGetsOnlyWhatEveryJdkKnows() {
        InheritedOptions options = InheritedOptions.of(
                List.of("-Da=b", "-XX:+UseSomethingNew", "--illegal-access=permit", "--add-opens=a/b=c"), base);
        assertEquals(List.of("-Da=b", "--add-opens=a/b=c"), options.jvmArguments("worker", false));
    }

    @Test
    void ownPropertiesSetAtRunTimeReachTheChild() {
        System.setProperty(OWN_PROPERTY, "later");
        InheritedOptions options = InheritedOptions.of(List.of("-D" + OWN_PROPERTY + "=first"), base);
        List<String> arguments = options.jvmArguments("worker", true);
        assertTrue(arguments.contains("-D" + OWN_PROPERTY + "=later"));
        assertEquals(
                1,
                arguments.stream()
                        .filter(a -> a.startsWith("-D" + OWN_PROPERTY))
                        .count());
    }

    @Test
    void variablesWithOptionsAreNotAppliedTwice() {
        Map<String, String> environment = new HashMap<>(
                Map.of("JAVA_TOOL_OPTIONS", "x", "JDK_JAVA_OPTIONS", "x", "_JAVA_OPTIONS", "x", "A", "b"));
        InheritedOptions.ofThisJvm().editEnvironment(environment);
        assertEquals(Map.of("A", "b"), environment);
    }

    @Test
    void thePageSaysWhatTheTableSays() throws Exception {
        String page = Files.readString(Path.of("../docs/what-reaches-the-child.md"));
        assertTrue(
                page.contains(InheritanceTable.toMarkdown()),
                () -> "docs/what-reaches-the-child.md must contain this table:\n" + InheritanceTable.toMarkdown());
    }

    private void assertDropped(String... options) {
        for (String option : options) {
            assertEquals(List.of(), childOptions(option), option);
        }
    }

    private void assertKept(String... options) {
        for (String option : options) {
            assertEquals(List.of(option), childOptions(option));
        }
    }

    private void assertRewritten(String expected, String option) {
        assertEquals(List.of(expected), childOptions(option));
    }

    private List<String> childOptions(String option) {
        return InheritedOptions.of(List.of(option), base).jvmArguments("worker 1", true);
    }
}
