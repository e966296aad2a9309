package dev.rowcast.replay;

import dev.rowcast.replay.compare.CompareCommand;
import dev.rowcast.replay.deadletter.command.DeadLettersCommand;
import dev.rowcast.replay.snapshot.SnapshotCommand;
import dev.rowcast.replay.topic.TopicCommand;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `kn replay` without a command: only its help.
@Command(
        name = "kn-replay",
        version = "kn-replay 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay COMMAND [OPTIONS]",
        description = "Sends events to Rowcast's functions again, takes snapshots, and compares models.",
        subcommands = {
            TopicCommand.class,
            DeadLettersCommand.class,
            SnapshotCommand.class,
            CompareCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes (kn replaces every failure by 1):%n",
        exitCodeList = {
            "0:everything is done, and every event was accepted",
            "1:done, but an event, a dead letter or a snapshot was refused",
            "2:the command line is wrong; nothing was done",
            "3:Kafka, Postgres or a function cannot be reached",
            "130:interrupted; the point to resume from was printed"
        },
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay topic churn.public.person_churn_history --sink ksvc:predictor --local",
            "  kn replay dead-letters list --local",
            "  kn replay snapshot person_churn_history --local",
            "%nCompletion for bash: source <(kn-replay generate-completion)"
        })
final class RootCommand {}
