package io.muster.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster generate-completion}. */
@Command(
        description = {
            "Print a completion script for bash and zsh.",
            "Both take the same script; zsh loads its bash emulation by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(muster generate-completion)                   for this shell",
            "  echo 'source <(muster generate-completion)' >> ~/.bashrc    for every bash to come",
            "  echo 'source <(muster generate-completion)' >> ~/.zshrc     for every zsh, after compinit"
        })
final class CompletionCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Override
    public void run() {
        System.out.print(AutoComplete.bash("muster", Muster.commandLine()));
        System.out.println();
    }
}
