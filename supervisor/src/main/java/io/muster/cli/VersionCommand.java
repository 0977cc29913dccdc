package io.muster.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster version}. */
@Command(description = "Show the version of Muster, of the JDK and of the system.")
final class VersionCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Override
    public void run() {
        System.out.println(Version.line());
        System.out.println(Version.platform());
    }
}
