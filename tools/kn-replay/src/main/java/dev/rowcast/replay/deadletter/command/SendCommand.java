package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.connection.FunctionAddresses;
import dev.rowcast.replay.connection.ReplayCommand;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterOptions;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.EventSender;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.SinkClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sends dead letters again, each once.
@Command(
        name = "send",
        customSynopsis = "kn replay dead-letters send (PARTITION/OFFSET… | FILTER | --all) [OPTIONS]",
        description = {
            "Sends dead letters again to the function that refused them, each with its own bytes, key and attributes. "
                    + "The result of each is recorded; an accepted dead letter is not sent again, so repeat an "
                    + "interrupted command to resume it.",
            "A dead letter that is refused again is recorded with its new reason, and creates no new dead letter."
        },
        footer = {
            "  kn replay dead-letters send 0/0 --local",
            "  kn replay dead-letters send --local --reason feature-missing --dry-run"
        })
final class SendCommand extends ReplayCommand {

    private static final int RECORDS_PER_POLL = 100;

    @Parameters(paramLabel = "PARTITION/OFFSET", arity = "0..*", description = "Dead letters, as the list names them.")
    private List<String> ids = List.of();

    @Mixin
    private DeadLetterFilter filter;

    @Option(names = "--all", description = "All dead letters.")
    private boolean all;

    @Option(names = "--again", description = "Include dead letters that are recorded as accepted.")
    private boolean again;

    @Option(names = "--sink", paramLabel = "URL|ksvc:NAME", description = "Receiver. Default: the refusing functions.")
    private Optional<String> sink = Optional.empty();

    @Option(names = "--dry-run", description = "Send nothing; only list the dead letters.")
    private boolean dryRun;

    @Mixin
    private SendOptions options;

    @Mixin
    private DeadLetterOptions letters;

    @Override
    public Integer call() throws InterruptedException {
        SortedSet<DeadLetterId> named = named();
        FunctionAddresses functions = options.addresses(kafka().localRun());
        Optional<URI> fixedSink = sink.map(functions::sink);
        try (Consumer<byte[], byte[]> consumer = kafka().consumer(RECORDS_PER_POLL);
                Producer<byte[], byte[]> producer = kafka().producer();
                SinkClient client = SinkClient.open(options);
                Interruption interruption = Interruption.watch()) {
            SelectedDeadLetters selected = SelectedDeadLetters.of(
                    new DeadLetterTopic(consumer, letters.topic()),
                    letters.replays().read(consumer),
                    letter -> named.contains(letter.id()) || (named.isEmpty() && filter.matches(letter)),
                    again);
            selected.requireAll(named);
            EventSender sender = EventSender.of(client, options, interruption);
            DeadLetterSendResult result = new DeadLetterSendResult(
                    letters.topic(), selected, sender.counts(), dryRun, new ConcurrentSkipListMap<>());
            if (!dryRun) {
                Map<String, URI> sinks = sinks(selected.toSend(), fixedSink, functions);
                TopicReader reader = new TopicReader(consumer, letters.topic(), selected.ranges());
                try (ProgressDisplay progress =
                        new ProgressDisplay("letters", selected.toSend().size())) {
                    new DeadLetterSender(letters.replays(), producer, sender, sinks, result)
                            .send(reader, options, progress);
                }
            }
            letters.write(out(), result.document(), result::text);
            if (interruption.isRequested()) {
                err().println("Interrupted. Give the command again: accepted dead letters are not sent twice.");
                return ExitCode.INTERRUPTED;
            }
            return sender.counts().exitCode();
        }
    }

    private SortedSet<DeadLetterId> named() {
        if (!ids.isEmpty() && (all || filter.isSet())) {
            throw new UsageException("name dead letters, or select them by filters or --all; not both");
        }
        if (ids.isEmpty() && !all && !filter.isSet()) {
            throw new UsageException("which dead letters? Name them, or give a filter such as --reason, or --all");
        }
        return ids.stream().map(DeadLetterId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    /// {@return the sink for the dead letters of each function, at which a server listens}
    private static Map<String, URI> sinks(
            List<DeadLetter> letters, Optional<URI> fixedSink, FunctionAddresses functions) {
        Map<String, URI> sinks = new TreeMap<>();
        letters.stream().map(DeadLetter::function).distinct().forEach(function -> {
            if (fixedSink.isEmpty() && function.equals(DeadLetter.UNKNOWN)) {
                throw new UsageException("a dead letter does not name the function that refused it; give --sink");
            }
            URI address = fixedSink.orElseGet(() -> functions.address(function));
            SinkClient.check(address);
            sinks.put(function, address);
        });
        return sinks;
    }
}
