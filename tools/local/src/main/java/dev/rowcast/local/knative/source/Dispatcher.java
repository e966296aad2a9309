package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.delivery.OffsetGaps;
import dev.rowcast.kafkasource.event.PollReader;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.thread.StopSignal;
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
/// Polls up to 50 records whenever fewer than 50 deliveries are in progress, so that 50 to 99 are, and runs
/// each delivery on its own thread. One thread uses the Kafka consumer. While all deliveries are slow, it
/// polls paused partitions to remain a member of its group; Knative's own dispatcher leaves the group after
/// five minutes, loses its retry counts, and starts over.
public final class Dispatcher implements AutoCloseable {

    /// Knative's own limit: it polls below this number of deliveries, and one poll returns at most
    /// as many records.
    public static final int IN_FLIGHT = 50;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final SourcePlan plan;
    private final PollReader reader;
    private final SourceConsumer consumer;
    private final EventDelivery delivery;
    private final Consumer<String> log;
    private final int limit;

    private final OffsetGaps gaps = new OffsetGaps();
    private final InFlight inFlight = new InFlight();
    private final SourceCounts counts = new SourceCounts();
    private final StopSignal stop = new StopSignal();
    private final ExecutorService deliveries;
    private final Thread poller;

    /// @param deadLetters receives the events that cannot be delivered; without it they are dropped
    /// @param log         receives a line for each failure and each dropped event
    /// @param limit       of deliveries in progress: [#IN_FLIGHT], as on a cluster, or another
    public Dispatcher(
            SourcePlan plan,
            String bootstrapServers,
            EventSubscriber subscriber,
            Optional<EventSubscriber> deadLetters,
            Consumer<String> log,
            int limit) {
        this.plan = plan;
        this.limit = limit;
        this.reader = new PollReader(plan.namespace(), plan.name(), plan.overrides());
        this.consumer = new SourceConsumer(plan, bootstrapServers, gaps, log, limit);
        this.delivery = new EventDelivery(plan, subscriber, deadLetters, counts, stop);
        this.log = log;
        this.deliveries = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("delivery-" + plan.name() + "-", 0).factory());
        this.poller = Thread.ofPlatform().name("source-" + plan.name()).unstarted(this::run);
    }

    /// Starts to poll.
    public void start() {
        poller.start();
    }

    /// The configuration.
    public SourcePlan plan() {
        return plan;
    }

    /// Counts since the start.
    public SourceCounts.Snapshot counts() {
        return counts.snapshot();
    }

    /// Deliveries in progress.
    public int inFlight() {
        return inFlight.count();
    }

    /// Records that are unread or in progress, as of the last poll; empty before the first poll.
    public OptionalLong lag() {
        OptionalLong unread = consumer.unread();
        return unread.isEmpty() ? unread : OptionalLong.of(unread.getAsLong() + inFlight.count());
    }

    /// Stops polling, waits up to five seconds for the deliveries in progress, and commits up to
    /// the lowest gap.
    @Override
    public void close() {
        stop.request();
        consumer.wakeup();
        stop.stop(poller);
    }

    /// Ends like a kill: it waits for no delivery and commits nothing. The functions still process
    /// what was sent.
    public void drop() {
        consumer.neverCommitAgain();
        close();
    }

    private void run() {
        try (consumer) {
            while (!stop.isRequested()) {
                try {
                    step();
                } catch (RuntimeException | Error fault) {
                    // Polling must continue: a source that stopped would look like an idle one.
                    String what = fault instanceof KafkaException ? fault.getMessage() : fault.toString();
                    log.accept("source " + plan.name() + ": " + what);
                    stop.sleep(Duration.ofMillis(200));
                }
            }
            if (!consumer.isDropped() && !inFlight.awaitFewerThan(1, DRAIN)) {
                log.accept("source " + plan.name() + " stops with " + inFlight.count() + " deliveries in progress");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            deliveries.shutdownNow();
        }
    }

    private void step() throws InterruptedException {
        boolean belowLimit = inFlight.awaitFewerThan(limit, LONGEST_WAIT);
        dispatch(belowLimit ? consumer.poll(POLL) : consumer.stayMember());
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
        boolean keepsItsSlot = false;
        try {
            switch (delivery.deliver(record.event())) {
                case EventDelivery.Outcome.Done _ -> gaps.end(record.partition(), record.offset());
                case EventDelivery.Outcome.Dropped(String reason) -> lose(record, reason);
                case EventDelivery.Outcome.Abandoned _ -> {}
                case EventDelivery.Outcome.Stuck(String reason) -> {
                    keepsItsSlot = true;
                    log.accept(line(record, "STUCK until a restart, which delivers it again: " + reason));
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            if (!keepsItsSlot) {
                inFlight.remove();
            }
        }
    }

    private void discard(PolledRecord.Discarded record) {
        counts.dropped.increment();
        lose(record, record.reason());
        inFlight.remove();
    }

    private void lose(PolledRecord record, String reason) {
        log.accept(line(record, "LOST, and its offset is committed: " + reason));
        gaps.end(record.partition(), record.offset());
    }

    private String line(PolledRecord record, String what) {
        return "source " + plan.name() + ": " + record.partition() + " offset " + record.offset() + " " + what;
    }
}
