package dev.rowcast.replay.topic;

import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.connection.FunctionAddresses;
import dev.rowcast.replay.connection.KafkaOptions;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.read.ResumePoint;
import dev.rowcast.replay.read.Selection;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.EventSender;
import dev.rowcast.replay.send.SinkClient;
import dev.rowcast.replay.send.StatusCounts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Posts the records of a topic once more.
@Command(
        name = "topic",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay topic TOPIC --sink URL|ksvc:NAME [OPTIONS]",
        description = {
            "Posts the records of a topic to a function as its KafkaSource posts them: the same ids, source and headers, "
                    + "the same retries; a record that is a CloudEvent itself goes out as it is. FunctionAddresses refuse what they "
                    + "have stored already, so a replay changes nothing that is right, in whatever order it arrives.",
            "A record that is refused is counted and named; it does not become a dead letter."
        },
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay topic churn.public.person_churn_history --sink ksvc:predictor --local --from 15m",
            "  kn replay topic churn.public.person_churn_history --sink ksvc:indexer --local --dry-run"
        })
public final class TopicCommand implements Callable<Integer> {

    /// Records that one poll returns: few, so that little waits in memory.
    private static final int POLLED = 200;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", arity = "0..1", description = "The topic. A resume point names it, too.")
    private String topic;

    @Option(names = "--sink", paramLabel = "URL|ksvc:NAME", required = true, description = "Who gets the events.")
    private String sink;

    @Mixin
    private Selection selection;

    @Option(names = "--dry-run", description = "Send nothing; say what would be sent.")
    private boolean dryRun;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Name of the KafkaSource that this stands in for. Default: the name in ksvc:NAME.")
    private String source;

    @Mixin
    private SendOptions sending;

    @Option(
            names = "--resume",
            paramLabel = "FILE|TOKEN",
            description = "Go on where an interrupted replay ended: what it printed, or its --checkpoint.")
    private String resume;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Keep the resume point in this file as well, once a second.")
    private Path checkpoint;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws InterruptedException {
        FunctionAddresses functions = new FunctionAddresses(kafka.localRun(), sending.namespace());
        URI address = functions.sink(sink);
        try (Consumer<byte[], byte[]> consumer = kafka.consumer(POLLED);
                Interruption interruption = Interruption.watch()) {
            ResumePoint work = work(consumer);
            EventReader events = new EventReader(sending.namespace(), sourceName(), selection);
            TopicReader reader = new TopicReader(consumer, work.topic(), work.spans());
            long total = work.spans().stream().mapToLong(span -> span.size()).sum();
            try (ProgressDisplay progress = ProgressDisplay.begin("records", total)) {
                return dryRun
                        ? look(reader, events, work, progress, interruption)
                        : send(reader, events, work, address, progress, interruption);
            }
        }
    }

    private ResumePoint work(Consumer<byte[], byte[]> consumer) {
        if (resume != null) {
            ResumePoint point = ResumePoint.of(resume);
            if (selection.saysWhere()) {
                throw new UsageException("--resume says where to begin and end; leave out --from, --to and --partition");
            }
            if (topic != null && !topic.equals(point.topic())) {
                throw new UsageException("the resume point is of topic " + point.topic() + ", not of " + topic);
            }
            return point;
        }
        if (topic == null) {
            throw new UsageException("which topic? Give its name, or --resume");
        }
        return new ResumePoint(topic, selection.spans(consumer, topic));
    }

    private int look(
            TopicReader reader, EventReader events, ResumePoint work, ProgressDisplay progress, Interruption interruption) {
        DryRun found = new DryRun(work.topic());
        while (reader.hasMore() && !interruption.isRequested()) {
            reader.poll().forEach(record -> {
                found.add(record, events.read(record));
                progress.step(1);
            });
        }
        progress.close();
        output.write(spec.commandLine().getOut(), found.document(), found::text);
        return interruption.isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private int send(
            TopicReader reader,
            EventReader events,
            ResumePoint work,
            URI address,
            ProgressDisplay progress,
            Interruption interruption)
            throws InterruptedException {
        SinkClient.check(address);
        StatusCounts statuses = new StatusCounts();
        try (SinkClient sinks = SinkClient.open(sending)) {
            EventSender sender = new EventSender(sinks, sending.namespace(), sending.retryPolicy(), statuses, interruption);
            Replay replay = new Replay(
                    work,
                    event -> sender.send(event, address),
                    statuses,
                    sending,
                    Optional.ofNullable(checkpoint),
                    progress);
            replay.run(reader, events, interruption);
            progress.close();
            ReplayResult result = new ReplayResult(work.topic(), address, statuses, replay.left(), replay.skipped());
            output.write(spec.commandLine().getOut(), result.document(), result::text);
            if (replay.left().spans().isEmpty()) {
                return statuses.exitCode();
            }
            spec.commandLine().getErr().println("Interrupted. Go on with --resume " + replay.left());
            return ExitCode.INTERRUPTED;
        }
    }

    private String sourceName() {
        return Optional.ofNullable(source).or(() -> FunctionAddresses.serviceIn(sink)).orElse("kn-replay");
    }
}
