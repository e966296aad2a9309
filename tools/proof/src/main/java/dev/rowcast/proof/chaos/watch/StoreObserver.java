package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import dev.rowcast.local.page.station.PostgresQuery;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.IndexDocuments;
import dev.rowcast.proof.chaos.delivery.ChangeEvent;
import dev.rowcast.proof.chaos.delivery.DeliveryLog;
import dev.rowcast.proof.chaos.poison.Poison;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads the stores during a run, as a client does: captured table, cases, indices, and the captured
/// table's topic. It reports every key whose position falls, and every acknowledged change that a store
/// does not have. It also checks that the positions in the source topic rise in the order of the commits.
public final class StoreObserver implements AutoCloseable {

    private static final Duration TABLE_EVERY = Duration.ofMillis(250);
    private static final Duration INDEX_EVERY = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Violations violations = new Violations();
    private final PredictionDelays delays = new PredictionDelays();
    private final TopicOrder order = new TopicOrder(violations);
    private final List<StorePoller> pollers;

    /// Starts to observe.
    public StoreObserver(ChaosSystem chaos) {
        ModelContract contract = chaos.contract();
        DeliveryLog deliveries = chaos.deliveries();
        String source = contract.source().table();
        IndexDocuments indices = new IndexDocuments(chaos.elasticsearch());
        String key = contract.source().key().getFirst();
        CapturedOrder captured = new CapturedOrder(violations, delays);
        this.pollers = List.of(
                table(
                        "captured table",
                        TablePositions.ofPredictions(chaos.jdbc(), contract),
                        () -> deliveries.acknowledged("predictor", source)),
                // A prediction between the thresholds is answered with success and changes no case.
                table("cases", TablePositions.ofCases(chaos.jdbc()), Map::of),
                index(indices, source, deliveries),
                index(indices, contract.captured().table(), deliveries),
                index(indices, "retention_case", deliveries),
                topic("source topic", new TopicTail(chaos.kafka(), chaos.sourceTopic(), key), this::addToOrder),
                topic("wal", new TopicTail(chaos.kafka(), chaos.capturedTopic(), key), captured::add));
        pollers.forEach(StorePoller::start);
    }

    private StorePoller topic(String name, TopicTail tail, Consumer<ChangeEvent> changes) {
        return new StorePoller(name, Duration.ZERO, violations, tail, () -> tail.read(POLL, changes) == 0);
    }

    private void addToOrder(ChangeEvent change) {
        // The position of a read is the floor, wherever it is in the topic.
        if (change.position().lsn() > 0 && !change.key().startsWith(Poison.KEY)) {
            order.add(change.key(), change.position());
        }
    }

    private StorePoller table(
            String name, PostgresQuery<Map<String, Position>> table, Supplier<Map<String, Position>> acknowledged) {
        PositionHistory history = new PositionHistory(name, violations);
        return new StorePoller(name, TABLE_EVERY, violations, table, () -> {
            Map<String, Position> before = acknowledged.get();
            history.add(table.read(), before);
            return true;
        });
    }

    private StorePoller index(IndexDocuments indices, String index, DeliveryLog deliveries) {
        PositionHistory history = new PositionHistory("index " + index, violations);
        return new StorePoller("index " + index, INDEX_EVERY, violations, () -> {}, () -> {
            Map<String, Position> before = deliveries.acknowledged("indexer", index);
            Map<String, Position> positions = new HashMap<>();
            indices.read(index, "rowcast")
                    .forEach((id, document) -> positions.put(id, IndexDocuments.position(document.path("rowcast"))));
            history.add(positions, before);
            return true;
        });
    }

    /// {@return the violations found so far}
    public Violations violations() {
        return violations;
    }

    /// {@return the delays from the commit of a change to its prediction}
    public PredictionDelays delays() {
        return delays;
    }

    /// {@return the number of changes with a lower LSN than the earlier commit of their key}
    public long races() {
        return order.races();
    }

    /// {@return the number of complete reads}
    public long reads() {
        return pollers.stream().mapToLong(StorePoller::reads).sum();
    }

    /// Returns when every store has been read completely after this call.
    public void awaitReads() throws InterruptedException {
        for (StorePoller poller : pollers) {
            poller.awaitRead();
        }
    }

    @Override
    public void close() {
        pollers.forEach(StorePoller::close);
    }
}
