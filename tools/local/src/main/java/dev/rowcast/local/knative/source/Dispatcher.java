package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.delivery.OffsetGaps;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.PollReader;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.kafkasource.http.EventSubscriber;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// The dispatcher of one KafkaSource with `ordering: unordered`.
///
/// Polls up to 50 records whenever fewer than 50 are under way, so that 50 to 99 are, and gives each a thread of its
/// own. Kafka is touched by one thread only. While all are under way for long it stays a member of its group by
/// polling nothing; the real one is put out after five minutes, forgets how often it tried, and begins again.
public final class Dispatcher implements AutoCloseable {

    /// Records under way below which the real dispatcher polls, and the most that one poll returns.
    public static final int IN_FLIGHT = 50;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final SourcePlan plan;
    private final PollReader reader;
    private final SourceConsumer consumer;
    private final Delivery delivery;
    private final Consumer<String> log;
    private final int limit;

    private final OffsetGaps gaps = new OffsetGaps();
    private final InFlight inFlight = new InFlight();
    private final SourceCounts counts = new SourceCounts();
    private final Stop stop = new Stop();
    private final ExecutorService deliveries;
    private final Thread poller;

    /// @param deadLetters where events go that cannot be delivered; without it they are dropped
    /// @param log         takes a line for people
    public Dispatcher(
            SourcePlan plan,
            String bootstrapServers,
            EventSubscriber subscriber,
            Optional<DeadLetters> deadLetters,
            Consumer<String> log) {
        this(plan, bootstrapServers, subscriber, deadLetters, log, IN_FLIGHT);
    }

    /// @param deadLetters where events go that cannot be delivered; without it they are dropped
    /// @param log         takes a line for people
    /// @param limit       in place of [#IN_FLIGHT]
    public Dispatcher(
            SourcePlan plan,
            String bootstrapServers,
            EventSubscriber subscriber,
            Optional<DeadLetters> deadLetters,
            Consumer<String> log,
            int limit) {
        this.plan = plan;
        this.limit = limit;
        this.reader = new PollReader(plan.namespace(), plan.name(), plan.overrides());
        this.consumer = new SourceConsumer(plan, bootstrapServers, gaps, log, limit);
        this.delivery = new Delivery(plan, subscriber, deadLetters, counts, stop);
        this.log = log;
        this.deliveries = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("delivery-" + plan.name() + "-", 0).factory());
        this.poller = Thread.ofPlatform().name("source-" + plan.name()).unstarted(this::run);
    }

    /// Begins to poll.
    public void start() {
        poller.start();
    }

    /// What it reads and to whom it delivers.
    public SourcePlan plan() {
        return plan;
    }

    /// Counts since the start.
    public SourceCounts.Snapshot counts() {
        return counts.snapshot();
    }

    /// Deliveries under way now.
    public int inFlight() {
        return inFlight.count();
    }

    /// Records that the topics hold beyond what is done, as of the last poll; empty before the first.
    public OptionalLong lag() {
        OptionalLong unread = consumer.unread();
        return unread.isEmpty() ? unread : OptionalLong.of(unread.getAsLong() + inFlight.count());
    }

    /// Stops to poll, gives the deliveries under way five seconds, and commits up to the lowest gap.
    @Override
    public void close() {
        stop.request();
        consumer.wakeup();
        try {
            poller.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends as a kill would end it: nothing under way is waited for, and nothing is committed. What it has sent is
    /// still
    /// worked on.
    public void drop() {
        consumer.neverCommitAgain();
        stop.request();
        consumer.wakeup();
        try {
            poller.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!stop.isRequested()) {
                try {
                    step();
                } catch (KafkaException passing) {
                    log.accept("source " + plan.name() + ": " + passing.getMessage());
                    stop.sleep(Duration.ofMillis(200));
                } catch (RuntimeException | Error fault) {
                    // A source that polls no more looks like one that has nothing to do.
                    log.accept("source " + plan.name() + ": " + fault);
                    stop.sleep(Duration.ofMillis(200));
                }
            }
            if (!consumer.isDropped() && !inFlight.awaitFewerThan(1, DRAIN)) {
                log.accept("source " + plan.name() + " stops with " + inFlight.count() + " deliveries under way");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            deliveries.shutdownNow();
        }
    }

    private void step() throws InterruptedException {
        boolean room = inFlight.awaitFewerThan(limit, PATIENCE);
        dispatch(room ? consumer.poll(POLL) : consumer.stayMember());
        consumer.commitWhenDue();
    }

    private void dispatch(ConsumerRecords<byte[], byte[]> records) {
        inFlight.add(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            gaps.begin(new TopicPartition(record.topic(), record.partition()), record.offset());
        }
        for (PolledRecord received : reader.read(records)) {
            switch (received) {
                case PolledRecord.Deliverable deliverable -> deliveries.execute(() -> deliver(deliverable));
                case PolledRecord.Discarded discarded -> discard(discarded);
            }
        }
    }

    private void deliver(PolledRecord.Deliverable record) {
        try {
            Delivery.End end = delivery.deliver(record.event());
            if (end == Delivery.End.DROPPED) {
                log.accept(line(record, "dropped: " + whyDropped(record.event())));
            }
            if (end != Delivery.End.ABANDONED) {
                gaps.end(record.partition(), record.offset());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.remove();
        }
    }

    private void discard(PolledRecord.Discarded record) {
        counts.dropped.increment();
        log.accept(line(record, "dropped: " + record.reason()));
        gaps.end(record.partition(), record.offset());
        inFlight.remove();
    }

    private String whyDropped(CloudEvent event) {
        return event.attributes().values().stream().anyMatch(value -> value.contains("\n"))
                ? "an attribute cannot be an HTTP header"
                : "the source has no dead letter sink";
    }

    private String line(PolledRecord record, String what) {
        return "source " + plan.name() + ": " + record.partition() + " offset " + record.offset() + " " + what;
    }
}
