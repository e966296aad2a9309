package dev.rowcast.replay.deadletter.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What no function would take.
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay dead-letters list|show|send [OPTIONS]",
        description = "Lists what no function would take, shows why, and sends it again.",
        subcommands = {ListCommand.class, ShowCommand.class, SendCommand.class},
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay dead-letters list --local",
            "  kn replay dead-letters list --local --reason not-json",
            "  kn replay dead-letters show 0/0 --local",
            "  kn replay dead-letters send --local --reason feature-missing"
        })
public final class DeadLettersCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "list, show or send?");
    }
}
