package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.connection.ReplayCommand;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterOptions;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.exit.ExitCode;
import java.util.Map;
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

    @Mixin
    private DeadLetterFilter filter;

    @Option(names = "--each", description = "List every dead letter.")
    private boolean each;

    @Mixin
    private DeadLetterOptions letters;

    @Override
    public Integer call() {
        DeadLetterReport report = new DeadLetterReport(filter, each || filter.isSet());
        try (Consumer<byte[], byte[]> consumer = kafka().consumer()) {
            Map<DeadLetterId, DeadLetterReplay> replays = letters.replays().read(consumer);
            new DeadLetterTopic(consumer, letters.topic())
                    .forEach((letter, _) -> report.add(letter, letter.replayIn(replays)));
        }
        letters.write(out(), report.document(letters.topic()), () -> report.text(letters.topic()));
        return ExitCode.DONE;
    }
}
