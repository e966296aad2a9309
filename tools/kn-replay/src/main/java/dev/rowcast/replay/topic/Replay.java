package dev.rowcast.replay.topic;

import dev.rowcast.kafkasource.delivery.OffsetGaps;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.output.Table;
import dev.rowcast.replay.read.ResumePoint;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.SendOutcome;
import dev.rowcast.replay.send.RateLimiter;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.StatusCounts;
import dev.rowcast.replay.send.BoundedTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// One replay: reads, sends so many at a time, and knows what is left at any moment.
final class Replay {

    /// Refusals that are named one by one; all of them are counted.
    private static final int NAMED = 20;

    private static final long CHECKPOINT_NANOS = Duration.ofSeconds(1).toNanos();

    /// Sends one event and returns when it is over.
    @FunctionalInterface
    interface Send {
        SendOutcome send(CloudEvent event) throws InterruptedException;
    }

    private final ResumePoint work;
    private final Send send;
    private final StatusCounts statuses;
    private final int concurrency;
    private final RateLimiter pace;
    private final Optional<Path> checkpoint;
    private final ProgressDisplay progress;
    private final OffsetGaps gaps = new OffsetGaps();
    private final LongAdder skipped = new LongAdder();
    private final AtomicLong refused = new AtomicLong();
    private long lastCheckpoint = System.nanoTime();
    private volatile boolean finished;

    /// @param work what there is to do
    /// @param statuses counts what KafkaSource would drop
    /// @param checkpoint keeps what is left
    Replay(
            ResumePoint work,
            Send send,
            StatusCounts statuses,
            SendOptions options,
            Optional<Path> checkpoint,
            ProgressDisplay progress) {
        this.work = work;
        this.send = send;
        this.statuses = statuses;
        this.concurrency = options.concurrency();
        this.pace = options.pace();
        this.checkpoint = checkpoint;
        this.progress = progress;
    }

    /// Sends everything, or stops early.
    void run(TopicReader reader, EventReader events, Interruption interruption) throws InterruptedException {
        try (BoundedTasks underWay = new BoundedTasks(concurrency, interruption)) {
            boolean goOn = true;
            while (goOn && reader.hasMore() && !interruption.isRequested()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    goOn = goOn && begin(record, events.read(record), underWay, interruption);
                }
                keepCheckpoint(false);
            }
            underWay.awaitEnd();
            finished = goOn && !interruption.isRequested();
        } finally {
            keepCheckpoint(true);
        }
    }

    private boolean begin(
            ConsumerRecord<byte[], byte[]> record,
            Optional<PolledRecord> received,
            BoundedTasks underWay,
            Interruption interruption)
            throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (received.isPresent() && received.get() instanceof PolledRecord.Deliverable deliverable) {
            if (!pace.await(interruption)) {
                return false;
            }
            gaps.begin(partition, record.offset());
            return underWay.begin(() -> deliver(deliverable));
        }
        gaps.begin(partition, record.offset());
        received.ifPresentOrElse(this::drop, skipped::increment);
        done(partition, record.offset());
        return true;
    }

    private void drop(PolledRecord received) {
        if (received instanceof PolledRecord.Discarded discarded) {
            statuses.ended(new SendOutcome.Unsendable(discarded.reason()));
            name(received, "KafkaSource would drop it: " + discarded.reason());
        }
    }

    private void deliver(PolledRecord.Deliverable record) throws InterruptedException {
        switch (send.send(record.event())) {
            case SendOutcome.Accepted _ -> done(record.partition(), record.offset());
            case SendOutcome.Refused refusal -> {
                name(record, "refused: " + why(refusal));
                done(record.partition(), record.offset());
            }
            case SendOutcome.Unsendable unsendable -> {
                name(record, "cannot be sent, KafkaSource would drop it: " + unsendable.reason());
                done(record.partition(), record.offset());
            }
            case SendOutcome.Cut _ -> {}
        }
    }

    private static String why(SendOutcome.Refused refusal) {
        String status = refusal.last() instanceof FunctionResponse.Answered answered ? answered.status() + " " : "";
        return status + refusal.reason() + ": " + refusal.message();
    }

    private void done(TopicPartition partition, long offset) {
        gaps.end(partition, offset);
        progress.step(1);
    }

    private void name(PolledRecord record, String what) {
        long number = refused.incrementAndGet();
        if (number <= NAMED) {
            progress.line(Table.printable(
                    "partition %d offset %d %s".formatted(record.partition().partition(), record.offset(), what)));
        } else if (number == NAMED + 1) {
            progress.line("more of them are counted and not named");
        }
    }

    /// What is not done.
    ResumePoint left() {
        if (finished) {
            return new ResumePoint(work.topic(), List.of());
        }
        Map<TopicPartition, Long> done = gaps.lowestGaps();
        return new ResumePoint(
                work.topic(),
                work.spans().stream()
                        .map(span -> rest(span, done.get(new TopicPartition(work.topic(), span.partition()))))
                        .toList());
    }

    private static OffsetRange rest(OffsetRange span, Long next) {
        return next == null ? span : new OffsetRange(span.partition(), Math.clamp(next, span.from(), span.to()), span.to());
    }

    /// Records that were not meant.
    long skipped() {
        return skipped.sum();
    }

    private void keepCheckpoint(boolean now) {
        if (now || System.nanoTime() - lastCheckpoint >= CHECKPOINT_NANOS) {
            lastCheckpoint = System.nanoTime();
            checkpoint.ifPresent(file -> left().write(file));
        }
    }
}
