package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.connection.FunctionAddresses;
import dev.rowcast.replay.connection.KafkaOptions;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.deadletter.DeadLetterTopics;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.EventSender;
import dev.rowcast.replay.send.SinkClient;
import dev.rowcast.replay.send.StatusCounts;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Sends letters again, each once.
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay dead-letters send (PARTITION/OFFSET… | FILTER | --all) [OPTIONS]",
        description = {
            "Sends dead letters once more to the function that refused them, each with its own bytes, key and attributes. "
                    + "What becomes of each is recorded; a letter that was accepted is not sent again, so an interrupted "
                    + "command is simply given again.",
            "A letter that is refused again is recorded with its new reason and makes no new dead letter."
        },
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay dead-letters send 0/0 --local",
            "  kn replay dead-letters send --local --reason feature-missing --dry-run"
        })
final class SendCommand implements Callable<Integer> {

    private static final int POLLED = 100;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PARTITION/OFFSET", arity = "0..*", description = "Letters, as the list names them.")
    private List<String> ids = List.of();

    @Mixin
    private DeadLetterFilter filter;

    @Option(names = "--all", description = "Every letter.")
    private boolean all;

    @Option(names = "--again", description = "Also letters that are recorded as accepted.")
    private boolean again;

    @Option(
            names = "--sink",
            paramLabel = "URL|ksvc:NAME",
            description = "Who gets them. Default: the function that refused each.")
    private String sink;

    @Option(names = "--dry-run", description = "Send nothing; say what would be sent.")
    private boolean dryRun;

    @Mixin
    private SendOptions sending;

    @Mixin
    private DeadLetterTopics topics;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws InterruptedException {
        SortedSet<DeadLetterId> wanted = wanted();
        FunctionAddresses functions = new FunctionAddresses(kafka.localRun(), sending.namespace());
        Addressees addressees =
                new Addressees(functions, Optional.ofNullable(sink).map(functions::sink));
        StatusCounts statuses = new StatusCounts();
        try (Consumer<byte[], byte[]> consumer = kafka.consumer(POLLED);
                Producer<byte[], byte[]> producer = kafka.producer();
                SinkClient sinks = SinkClient.open(sending);
                Interruption interruption = Interruption.watch()) {
            SelectedDeadLetters chosen = SelectedDeadLetters.of(
                    new DeadLetterTopic(consumer, topics.letters()),
                    topics.sentAgain().read(consumer),
                    letter -> wanted.contains(letter.id()) || (wanted.isEmpty() && filter.matches(letter)),
                    again);
            chosen.requireAll(wanted);
            DeadLetterSendResult result = new DeadLetterSendResult(topics.letters(), chosen, statuses, dryRun);
            if (!dryRun) {
                chosen.functions().forEach(function -> SinkClient.check(addressees.of(function)));
                EventSender sender = new EventSender(sinks, sending.namespace(), sending.retryPolicy(), statuses, interruption);
                try (ProgressDisplay progress =
                        ProgressDisplay.begin("letters", chosen.toSend().size())) {
                    new DeadLetterSender(consumer, topics, sender, addressees, producer, result, progress)
                            .send(chosen, sending, interruption);
                }
            }
            output.write(spec.commandLine().getOut(), result.document(), result::text);
            if (interruption.isRequested()) {
                spec.commandLine()
                        .getErr()
                        .println("Interrupted. Give the command again: what was accepted is not sent twice.");
                return ExitCode.INTERRUPTED;
            }
            return statuses.exitCode();
        }
    }

    private SortedSet<DeadLetterId> wanted() {
        if (!ids.isEmpty() && (all || filter.saysAnything())) {
            throw new UsageException("name letters, or say which by filters or --all; not both");
        }
        if (ids.isEmpty() && !all && !filter.saysAnything()) {
            throw new UsageException("which letters? Name them, or give a filter such as --reason, or --all");
        }
        SortedSet<DeadLetterId> wanted = new TreeSet<>();
        ids.forEach(id -> wanted.add(DeadLetterId.of(id)));
        return wanted;
    }
}
