package dev.rowcast.replay.deadletter.command;

import picocli.CommandLine.Command;

/// The commands for events that the functions refused.
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay dead-letters list|show|send [OPTIONS]",
        description = "Lists events that the functions refused, shows why, and sends them again.",
        subcommands = {ListCommand.class, ShowCommand.class, SendCommand.class},
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay dead-letters list --local",
            "  kn replay dead-letters list --local --reason not-json",
            "  kn replay dead-letters show 0/0 --local",
            "  kn replay dead-letters send --local --reason feature-missing"
        })
public final class DeadLettersCommand {}
