package dev.rowcast.replay.topic;

import dev.rowcast.kafkasource.event.PollReader;
import dev.rowcast.replay.connection.FunctionAddresses;
import dev.rowcast.replay.connection.ReplayCommand;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.ResumePoint;
import dev.rowcast.replay.read.Selection;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.EventSender;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.SinkClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Posts the records of a topic again.
@Command(
        name = "topic",
        customSynopsis = "kn replay topic TOPIC --sink URL|ksvc:NAME [OPTIONS]",
        description = {
            "Posts the records of a topic to a function as its KafkaSource does: with the same ids, source, headers "
                    + "and retries; a record that is a CloudEvent is sent unchanged. Functions skip events that they have "
                    + "already stored, so a replay changes nothing that is correct, in any order.",
            "A refused record is counted and named; it does not become a dead letter."
        },
        footer = {
            "  kn replay topic churn.public.person_churn_history --sink ksvc:predictor --local --from 15m",
            "  kn replay topic churn.public.person_churn_history --sink ksvc:indexer --local --dry-run"
        })
public final class TopicCommand extends ReplayCommand {

    /// Few, so that little waits in memory.
    private static final int RECORDS_PER_POLL = 200;

    @Parameters(paramLabel = "TOPIC", arity = "0..1", description = "The topic. A resume point names it, too.")
    private Optional<String> topic = Optional.empty();

    @Option(names = "--sink", paramLabel = "URL|ksvc:NAME", required = true, description = "Receives the events.")
    private String sink;

    @Mixin
    private Selection selection;

    @Option(names = "--dry-run", description = "Send nothing; only count the events.")
    private boolean dryRun;

    @Option(names = "--source", paramLabel = "NAME", description = "The KafkaSource's name. Default: as in ksvc:NAME.")
    private Optional<String> source = Optional.empty();

    @Mixin
    private SendOptions options;

    @Option(names = "--resume", paramLabel = "FILE|TOKEN", description = "A printed resume point, or a --checkpoint.")
    private Optional<String> resume = Optional.empty();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Also write the resume point here, every second.")
    private Path checkpoint;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws InterruptedException {
        URI address = options.addresses(kafka().localRun()).sink(sink);
        try (Consumer<byte[], byte[]> consumer = kafka().consumer(RECORDS_PER_POLL);
                Interruption interruption = Interruption.watch()) {
            ResumePoint work = work(consumer);
            TopicReader reader = new TopicReader(consumer, work.topic(), work.ranges());
            long total = work.ranges().stream().mapToLong(OffsetRange::size).sum();
            try (ProgressDisplay progress = new ProgressDisplay("records", total)) {
                return dryRun
                        ? count(reader, work, progress, interruption)
                        : send(reader, work, address, progress, interruption);
            }
        }
    }

    private ResumePoint work(Consumer<byte[], byte[]> consumer) {
        if (resume.isPresent()) {
            ResumePoint point = ResumePoint.of(resume.get());
            if (selection.hasBounds()) {
                throw new UsageException("--resume sets the begin and the end; omit --from, --to and --partition");
            }
            topic.filter(name -> !name.equals(point.topic())).ifPresent(name -> {
                throw new UsageException("the resume point is of topic " + point.topic() + ", not of " + name);
            });
            return point;
        }
        String name = topic.orElseThrow(() -> new UsageException("which topic? Give its name, or --resume"));
        return new ResumePoint(name, selection.ranges(consumer, name));
    }

    private EventReader events() {
        String name = source.or(() -> FunctionAddresses.serviceIn(sink)).orElse("kn-replay");
        return new EventReader(new PollReader(options.namespace(), name, Map.of()), selection);
    }

    private int count(TopicReader reader, ResumePoint work, ProgressDisplay progress, Interruption interruption) {
        DryRun found = new DryRun(work.topic());
        EventReader events = events();
        while (reader.hasMore() && !interruption.isRequested()) {
            reader.poll().forEach(record -> {
                found.add(record, events.read(record));
                progress.step(1);
            });
        }
        progress.close();
        output.write(out(), found.document(), found::text);
        return interruption.isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private int send(
            TopicReader reader, ResumePoint work, URI address, ProgressDisplay progress, Interruption interruption)
            throws InterruptedException {
        SinkClient.check(address);
        try (SinkClient client = SinkClient.open(options)) {
            EventSender sender = EventSender.of(client, options, interruption);
            Replay replay = new Replay(work, address, sender, progress);
            replay.run(reader, events(), options, Optional.ofNullable(checkpoint));
            progress.close();
            output.write(out(), replay.document(), replay::text);
            if (replay.rest().ranges().isEmpty()) {
                return sender.counts().exitCode();
            }
            err().println("Interrupted. Go on with --resume " + replay.rest());
            return ExitCode.INTERRUPTED;
        }
    }
}
