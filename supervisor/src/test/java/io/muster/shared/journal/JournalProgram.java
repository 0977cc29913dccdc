package io.muster.shared.journal;

import io.muster.ChildProcess;
import java.nio.file.Path;

/** A program that uses a journal and has a child that does. */
public final class JournalProgram {
    private JournalProgram() {}

    public static void main(String[] args) throws InterruptedException {
        Path path = Path.of(args[0]);
        JournalUser.sayWhetherItWorks(path);
        ChildProcess child = ChildProcess.named("child").start(() -> JournalUser.sayWhetherItWorks(path));
        child.join();
        System.out.println("end " + child.exitStatus().orElseThrow().shellCode());
    }
}
