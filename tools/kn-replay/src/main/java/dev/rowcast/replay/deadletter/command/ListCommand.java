package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.connection.KafkaOptions;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterTopics;
import dev.rowcast.replay.output.OutputOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists dead letters:
///
/// ```
///   topic of dead letters ─▶ letters ─▶ report
///   topic of those sent again ─────────┘
/// ```
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay dead-letters list [--each] [OPTIONS]",
        description =
                "How many dead letters there are by reason, function and status; with a filter or --each one by one, "
                        + "with what became of those that were sent again.",
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay dead-letters list --local",
            "  kn replay dead-letters list --local --function predictor --from 2h -o json"
        })
final class ListCommand implements Callable<Integer> {

    private static final int POLLED = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeadLetterFilter filter;

    @Option(names = "--each", description = "List every letter singly.")
    private boolean each;

    @Mixin
    private DeadLetterTopics topics;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        DeadLetterReport report = new DeadLetterReport(filter, each || filter.saysAnything());
        try (Consumer<byte[], byte[]> consumer = kafka.consumer(POLLED)) {
            Map<DeadLetterId, DeadLetterReplay> sent = topics.sentAgain().read(consumer);
            new DeadLetterTopic(consumer, topics.letters())
                    .forEach((letter, _) -> report.add(
                            letter,
                            Optional.ofNullable(sent.get(letter.id()))
                                    .filter(again -> again.refusedAt().equals(letter.refusedAt()))));
        }
        output.write(
                spec.commandLine().getOut(), report.document(topics.letters()), () -> report.text(topics.letters()));
        return ExitCode.DONE;
    }
}
