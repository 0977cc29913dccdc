package io.muster.internal.doctor;

import io.muster.ipc.wait.Parking;
import java.io.File;
import java.util.List;
import javax.tools.ToolProvider;

/** What this JVM is and may do. */
final class JvmChecks {
    /** From here on a JVM warns of native access that was not allowed by name. */
    private static final int NATIVE_ACCESS_JDK = 24;

    private JvmChecks() {}

    static void addTo(List<Finding> findings) {
        findings.add(version());
        findings.add(compiler());
        nativeAccess(findings);
        findings.add(waiting());
        findings.add(fileNames());
    }

    private static Finding version() {
        return Finding.ok(
                "JDK",
                Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home"));
    }

    private static Finding compiler() {
        return ToolProvider.getSystemJavaCompiler() != null
                ? Finding.ok("compiler", "there, for `muster map FILE.java::method`")
                : Finding.note(
                        "compiler",
                        "this Java is a runtime without a compiler",
                        "only `muster map FILE.java::method` and building need one: set JAVA_HOME to a JDK");
    }

    private static void nativeAccess(List<Finding> findings) {
        if (Runtime.version().feature() < NATIVE_ACCESS_JDK) {
            return;
        }
        boolean allowed;
        try {
            // A method of 22 and later; this is compiled for 17.
            allowed = (Boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(JvmChecks.class.getModule());
        } catch (ReflectiveOperationException e) {
            return;
        }
        findings.add(
                allowed
                        ? Finding.ok("native access", "allowed")
                        : Finding.note(
                                "native access",
                                "not allowed by name: the JVM prints a warning, a later one will refuse",
                                "start Java with --enable-native-access=ALL-UNNAMED (bin/muster does)"));
    }

    private static Finding waiting() {
        return Parking.preload()
                ? Finding.ok("waiting", "sleeps in the kernel (futex)")
                : Finding.note(
                        "waiting",
                        "by polling: a wake-up takes up to 10 ms in place of 0.05 ms; the log says why",
                        "where the temp directory forbids executables: -Djna.tmpdir=DIR somewhere else");
    }

    private static Finding fileNames() {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        boolean utf8 = encoding.equalsIgnoreCase("UTF-8");
        return utf8 || File.separatorChar != '/'
                ? Finding.ok("file names", "in " + encoding)
                : Finding.note(
                        "file names",
                        "in " + encoding + ": files with other letters in their names cannot be opened",
                        "set LC_ALL=C.UTF-8 or another UTF-8 locale");
    }
}
