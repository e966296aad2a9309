package dev.rowcast.replay.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.kafkasource.delivery.OffsetGaps;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.output.Table;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.ResumePoint;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.BoundedTasks;
import dev.rowcast.replay.send.EventSender;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.SendOutcome;
import dev.rowcast.replay.send.SendRate;
import dev.rowcast.replay.send.StatusCounts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Sends the records of a topic concurrently, and can name the rest at any moment.
final class Replay {

    /// Refused records beyond this number are counted, but not named.
    private static final int MAX_NAMED = 20;

    private static final long CHECKPOINT_NANOS = Duration.ofSeconds(1).toNanos();

    private final ResumePoint work;
    private final URI sink;
    private final EventSender sender;
    private final ProgressDisplay progress;
    private final OffsetGaps gaps = new OffsetGaps();
    private final AtomicLong refused = new AtomicLong();
    private long skipped;
    private long lastCheckpoint = System.nanoTime();
    private volatile boolean finished;

    /// @param work the records to send
    Replay(ResumePoint work, URI sink, EventSender sender, ProgressDisplay progress) {
        this.work = work;
        this.sink = sink;
        this.sender = sender;
        this.progress = progress;
    }

    /// Sends all records, or stops early.
    ///
    /// @param checkpoint file for the rest
    void run(TopicReader reader, EventReader events, SendOptions options, Optional<Path> checkpoint)
            throws InterruptedException {
        SendRate limiter = options.rateLimiter();
        try (BoundedTasks tasks = new BoundedTasks(options.concurrency(), sender.interruption())) {
            boolean goOn = true;
            while (goOn && reader.hasMore() && !sender.interruption().isRequested()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    goOn = goOn && start(record, events.read(record), limiter, tasks);
                }
                if (System.nanoTime() - lastCheckpoint >= CHECKPOINT_NANOS) {
                    writeCheckpoint(checkpoint);
                }
            }
            tasks.awaitEnd();
            finished = goOn && !sender.interruption().isRequested();
        } finally {
            writeCheckpoint(checkpoint);
        }
    }

    private boolean start(
            ConsumerRecord<byte[], byte[]> record, Optional<PolledRecord> polled, SendRate limiter, BoundedTasks tasks)
            throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (polled.isPresent() && polled.get() instanceof PolledRecord.Deliverable deliverable) {
            if (!limiter.await(sender.interruption())) {
                return false;
            }
            gaps.begin(partition, record.offset());
            return tasks.start(() -> deliver(deliverable));
        }
        gaps.begin(partition, record.offset());
        polled.ifPresentOrElse(this::drop, () -> skipped++);
        done(partition, record.offset());
        return true;
    }

    private void drop(PolledRecord polled) {
        if (polled instanceof PolledRecord.Discarded discarded) {
            sender.counts().add(new SendOutcome.Unsendable(discarded.reason()));
            name(polled, "KafkaSource would drop it: " + discarded.reason());
        }
    }

    private void deliver(PolledRecord.Deliverable record) throws InterruptedException {
        SendOutcome outcome = sender.send(record.event(), sink);
        switch (outcome) {
            case SendOutcome.Accepted _, SendOutcome.Interrupted _ -> {}
            case SendOutcome.Refused refusal -> name(record, "refused: " + describe(refusal));
            case SendOutcome.Unsendable(String reason) ->
                name(record, "cannot be sent, KafkaSource would drop it: " + reason);
        }
        if (!(outcome instanceof SendOutcome.Interrupted)) {
            done(record.partition(), record.offset());
        }
    }

    private static String describe(SendOutcome.Refused refusal) {
        String status = refusal.last() instanceof FunctionResponse.Answered answered ? answered.status() + " " : "";
        return status + refusal.reason() + ": " + refusal.message();
    }

    private void done(TopicPartition partition, long offset) {
        gaps.end(partition, offset);
        progress.step(1);
    }

    private void name(PolledRecord record, String text) {
        long number = refused.incrementAndGet();
        if (number <= MAX_NAMED) {
            progress.line(Table.printable(
                    "partition %d offset %d %s".formatted(record.partition().partition(), record.offset(), text)));
        } else if (number == MAX_NAMED + 1) {
            progress.line("further records are counted, but not named");
        }
    }

    /// {@return the records that are not done}
    ResumePoint rest() {
        if (finished) {
            return new ResumePoint(work.topic(), List.of());
        }
        Map<TopicPartition, Long> done = gaps.lowestGaps();
        return new ResumePoint(
                work.topic(),
                work.ranges().stream()
                        .map(range -> rest(range, done.get(new TopicPartition(work.topic(), range.partition()))))
                        .toList());
    }

    private static OffsetRange rest(OffsetRange range, Long next) {
        return next == null
                ? range
                : new OffsetRange(range.partition(), Math.clamp(next, range.from(), range.to()), range.to());
    }

    private void writeCheckpoint(Optional<Path> checkpoint) {
        lastCheckpoint = System.nanoTime();
        checkpoint.ifPresent(file -> rest().write(file));
    }

    String text() {
        String skippedRecords = skipped == 0 ? "" : ", " + skipped + " records skipped";
        StatusCounts counts = sender.counts();
        return "%s%d accepted, %d refused%s%n"
                .formatted(counts.table().paragraph(), counts.accepted(), counts.refused(), skippedRecords);
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("topic", work.topic())
                .put("sink", sink.toString())
                .put("accepted", sender.counts().accepted())
                .put("refused", sender.counts().refused())
                .put("skipped", skipped);
        document.set("statuses", sender.counts().document());
        return document.put("left", rest().ranges().isEmpty() ? "" : rest().toString());
    }
}
