package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.bench.harness.Group;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts children in turn with bare JVMs of the same JDK. Arguments: how many of each; what to call the bare JVM. */
public final class SpawnProgram {
    private static final int WARM_UP = 2;

    private final String file;

    private SpawnProgram(String file) {
        this.file = file;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        Path file = Files.createTempFile("muster-bench-", ".start");
        file.toFile().deleteOnExit();
        new SpawnProgram(file.toString()).run(Integer.parseInt(args[0]), args[1]);
    }

    private void run(int starts, String bareJvm) throws Exception {
        long[] lambda = new long[starts];
        long[] main = new long[starts];
        long[] bare = new long[starts];
        for (int i = -WARM_UP; i < starts; i++) {
            int at = Math.max(0, i);
            bare[at] = bareJvm();
            lambda[at] = childWithLambda();
            main[at] = childWithMain();
        }
        Figures ours = new Figures(Group.MUSTER);
        ours.print("lambda", lambda);
        ours.print("main", main);
        Figures theirs = new Figures(bareJvm);
        theirs.print("lambda", bare);
        theirs.print("main", bare);
    }

    private long childWithLambda() throws Exception {
        String noted = file;
        long start = System.nanoTime();
        ChildProcess.start(() -> FirstStatement.note(System.nanoTime(), noted)).join();
        return FirstStatement.read(file) - start;
    }

    private long childWithMain() throws Exception {
        long start = System.nanoTime();
        ChildProcess.builder().startMain(FirstStatement.class, file).join();
        return FirstStatement.read(file) - start;
    }

    private long bareJvm() throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        List<String> command =
                List.of(java, "-cp", System.getProperty("java.class.path"), FirstStatement.class.getName(), file);
        long start = System.nanoTime();
        new ProcessBuilder(command).inheritIO().start().waitFor();
        return FirstStatement.read(file) - start;
    }
}
