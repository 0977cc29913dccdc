package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnOptionsTest {
    @TempDir
    Path directory;

    @Test
    void optionsEndAtTheMainClass() throws IOException {
        assertEquals(
                List.of("-Da=b", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-ea"),
                read("java -Da=b -cp x.jar --add-opens java.base/java.lang=ALL-UNNAMED -p mods -ea Main -Dc=d @none"));
    }

    @Test
    void optionsEndAtAJarAModuleOrASourceFile() throws IOException {
        assertEquals(List.of("-Da=b"), read("java -Da=b -jar app.jar -Dc=d"));
        assertEquals(List.of("-Da=b"), read("java -Da=b --module-path=x -m m/Main -Dc=d"));
        assertEquals(List.of("-Da=b"), read("java -Da=b --module=m/Main -Dc=d"));
        assertEquals(List.of("--enable-preview"), read("java --enable-preview --source 17 Foo.java -Dc=d"));
    }

    @Test
    void argumentFilesAreExpandedWhereverTheyStand() throws IOException {
        Path file = Files.writeString(directory.resolve("options"), "-Dx=\"y z\" -cp a.jar --add-modules\njava.sql");
        assertEquals(
                List.of("-Da=b", "-Dx=y z", "--add-modules=java.sql", "-ea"),
                read("java -Da=b @" + file + " -ea Main"));
        assertEquals(List.of("-Da=b"), read("java -Da=b --disable-@files @" + file + " -ea Main"));
    }

    @Test
    void anArgumentFileThatIsGoneIsAnErrorAndNotAnEmptyList() {
        assertThrows(IOException.class, () -> read("java @" + directory.resolve("gone") + " Main"));
    }

    @Test
    void variablesCountInTheOrderInWhichTheyTookEffect() throws IOException {
        Path file = Files.writeString(directory.resolve("vm"), "-Dfrom=file");
        assertEquals(
                List.of("-Dn=1", "--add-opens=a/b=c", "-Dn=2", "-Dn=3", "-Dfrom=file"),
                OwnOptions.fromCommandLine(
                        List.of("java", "-Dn=3", "Main"),
                        StandardCharsets.UTF_8,
                        Map.of(
                                "JAVA_TOOL_OPTIONS", "-Dn=1",
                                "JDK_JAVA_OPTIONS", "--add-opens a/b=c -Dn=2",
                                "_JAVA_OPTIONS", "-XX:VMOptionsFile=" + file)));
    }

    @Test
    void thisJvmSeesWhatItsManagementInterfaceSees() {
        List<String> options = OwnOptions.read();
        List<String> expected = ManagementFactory.getRuntimeMXBean().getInputArguments();
        assertTrue(options.containsAll(expected), () -> options + " lacks some of " + expected);
    }

    private static List<String> read(String command) throws IOException {
        return OwnOptions.fromCommandLine(List.of(command.split(" ")), StandardCharsets.UTF_8, Map.of());
    }
}
