package io.muster.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends a test that hangs, after it has printed the stacks of this JVM and of all JVMs below it: those below are killed and
 * the test's thread is interrupted. Use: {@code @ExtendWith(HangDump.class)}, with {@code @HangDump.Limit(seconds = 120)}
 * where {@value #DEFAULT_SECONDS} seconds are not enough.
 */
public final class HangDump implements BeforeEachCallback, AfterEachCallback {
    /** How long a test may take. */
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    public @interface Limit {
        /** Seconds. */
        int seconds();
    }

    private static final int DEFAULT_SECONDS = 90;
    private static final int DUMP_SECONDS = 10;
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(HangDump.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        Watch watch = new Watch(context.getDisplayName(), Thread.currentThread(), seconds(context));
        context.getStore(SPACE).put("watch", watch);
        watch.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getStore(SPACE).remove("watch", Watch.class).interrupt();
    }

    private static int seconds(ExtensionContext context) {
        Limit ofMethod = context.getRequiredTestMethod().getAnnotation(Limit.class);
        Limit limit =
                ofMethod != null ? ofMethod : context.getRequiredTestClass().getAnnotation(Limit.class);
        return limit == null ? DEFAULT_SECONDS : limit.seconds();
    }

    /** Prints the stacks of this JVM and of all processes below it that have some. */
    public static void printAll(PrintStream to) {
        to.println("=== this JVM, pid " + ProcessHandle.current().pid());
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            to.println(thread.getKey() + " " + thread.getKey().getState());
            for (StackTraceElement frame : thread.getValue()) {
                to.println("    at " + frame);
            }
        }
        for (ProcessHandle below : ProcessHandle.current().descendants().toList()) {
            to.println(
                    "=== pid " + below.pid() + " " + below.info().commandLine().orElse("?"));
            to.println(stacks(below.pid()));
        }
        to.flush();
    }

    private static String stacks(long pid) {
        Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
        try {
            Process process = new ProcessBuilder(List.of(jstack.toString(), Long.toString(pid)))
                    .redirectErrorStream(true)
                    .start();
            Thread limit = new Thread(() -> endAfter(process, DUMP_SECONDS));
            limit.setDaemon(true);
            limit.start();
            try (InputStream in = process.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "no stacks: " + e;
        }
    }

    private static void endAfter(Process process, int seconds) {
        try {
            process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Ends it now.
        }
        process.destroyForcibly();
    }

    private static final class Watch extends Thread {
        private final String test;
        private final Thread runner;
        private final int seconds;

        Watch(String test, Thread runner, int seconds) {
            super("hang-dump");
            setDaemon(true);
            this.test = test;
            this.runner = runner;
            this.seconds = seconds;
        }

        @Override
        public void run() {
            try {
                TimeUnit.SECONDS.sleep(seconds); // a limit, not a synchronisation
            } catch (InterruptedException e) {
                return;
            }
            System.err.println("=== " + test + " hangs: not done after " + seconds + " s");
            printAll(System.err);
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            runner.interrupt();
        }
    }
}
