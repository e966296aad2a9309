package dev.rowcast.replay;

import dev.rowcast.replay.compare.CompareCommand;
import dev.rowcast.replay.deadletter.command.DeadLettersCommand;
import dev.rowcast.replay.snapshot.SnapshotCommand;
import dev.rowcast.replay.topic.TopicCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `kn replay` by itself: says what there is.
@Command(
        name = "kn-replay",
        version = "kn-replay 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay COMMAND [OPTIONS]",
        description = "Replays what Rowcast's functions have seen, or should have seen.",
        subcommands = {
            TopicCommand.class,
            DeadLettersCommand.class,
            SnapshotCommand.class,
            CompareCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes (under kn every failure is 1):%n",
        exitCodeList = {
            "0:everything is done, and every event was accepted",
            "1:done, and something was refused",
            "2:misuse; nothing was done",
            "3:Kafka, Postgres or a function cannot be reached",
            "130:interrupted; where to go on was printed"
        },
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay topic churn.public.person_churn_history --sink ksvc:predictor --local",
            "  kn replay dead-letters list --local",
            "  kn replay snapshot person_churn_history --local",
            "%nCompletion for bash: source <(kn-replay generate-completion)"
        })
final class RootCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command? See kn replay --help");
    }
}
