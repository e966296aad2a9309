package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.connection.ReplayCommand;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.deadletter.DeadLetterTopics;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.output.OutputOption;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists dead letters:
///
/// ```
///   topic of dead letters ─▶ dead letters ─▶ report
///   topic of replays ────────────────────────┘
/// ```
@Command(
        name = "list",
        customSynopsis = "kn replay dead-letters list [--each] [OPTIONS]",
        description = "Counts dead letters by reason, function and status; with a filter or --each, lists them one by "
                + "one, with the results of those that were sent again.",
        footer = {
            "  kn replay dead-letters list --local",
            "  kn replay dead-letters list --local --function predictor --from 2h -o json"
        })
final class ListCommand extends ReplayCommand {

    private static final int RECORDS_PER_POLL = 500;

    @Mixin
    private DeadLetterFilter filter;

    @Option(names = "--each", description = "List every dead letter.")
    private boolean each;

    @Mixin
    private DeadLetterTopics topics;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        DeadLetterReport report = new DeadLetterReport(filter, each || filter.isSet());
        try (Consumer<byte[], byte[]> consumer = kafka().consumer(RECORDS_PER_POLL)) {
            Map<DeadLetterId, DeadLetterReplay> replays = topics.replays().read(consumer);
            new DeadLetterTopic(consumer, topics.letters())
                    .forEach((letter, _) -> report.add(
                            letter,
                            Optional.ofNullable(replays.get(letter.id()))
                                    .filter(replay -> replay.refusedAt().equals(letter.refusedAt()))));
        }
        output.write(out(), report.document(topics.letters()), () -> report.text(topics.letters()));
        return ExitCode.DONE;
    }
}
