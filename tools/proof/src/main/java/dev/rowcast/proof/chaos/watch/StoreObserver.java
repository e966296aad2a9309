package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.delivery.DeliveryLog;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Reads the stores while the run goes on, as a client would: captured table and cases, indices, and the captured
/// table's WAL. It reports every key that goes back, and every change that a function answered with success and a store
/// does not have. It reads the source table's changes too, whose positions must rise in the order of their commits.
public final class StoreObserver implements AutoCloseable {

    private static final Duration TABLE_EVERY = Duration.ofMillis(250);
    private static final Duration INDEX_EVERY = Duration.ofSeconds(1);
    private static final String PREDICTOR = "predictor";
    private static final String INDEXER = "indexer";
    private static final String CASES = "retention_case";

    private final Violations findings = new Violations();
    private final PredictionDelays delays = new PredictionDelays();
    private final SourceTopicReader changes;
    private final List<StorePoller> watches;

    private StoreObserver(ChaosSystem chaos) {
        ModelContract contract = chaos.system().contract();
        DeliveryLog ledger = chaos.ledger();
        String source = contract.source().table();
        String captured = contract.captured().table();
        String kafka = chaos.system().stations().kafka().address();
        this.changes = new SourceTopicReader(
                new TopicTail(kafka, "churn." + contract.source().schema() + "." + source),
                contract.source().key().getFirst(),
                findings);
        CapturedTopicReader topic = new CapturedTopicReader(
                new TopicTail(kafka, "churn." + contract.captured().schema() + "." + captured),
                contract,
                findings,
                delays);
        this.watches = List.of(
                table(
                        "captured table",
                        TablePositions.ofPredictions(chaos.jdbc(), contract),
                        () -> ledger.acknowledged(PREDICTOR, source)),
                // A prediction between the thresholds is answered with success and moves no case.
                table("cases", TablePositions.ofCases(chaos.jdbc()), Map::of),
                index(chaos.elasticsearch(), source, ledger),
                index(chaos.elasticsearch(), captured, ledger),
                index(chaos.elasticsearch(), CASES, ledger),
                new StorePoller(
                        "source topic",
                        Duration.ZERO,
                        findings,
                        changes,
                        () -> changes.read(Duration.ofMillis(500)) == 0),
                new StorePoller("wal", Duration.ZERO, findings, topic, () -> topic.read(Duration.ofMillis(500)) == 0));
        watches.forEach(StorePoller::start);
    }

    /// Begins to watch.
    public static StoreObserver of(ChaosSystem chaos) {
        return new StoreObserver(chaos);
    }

    private StorePoller table(String name, TablePositions reader, Supplier<Map<String, Position>> acknowledged) {
        PositionHistory versions = new PositionHistory(name, findings);
        return new StorePoller(name, TABLE_EVERY, findings, reader, () -> {
            Map<String, Position> before = acknowledged.get();
            versions.look(reader.read(), before);
            return true;
        });
    }

    private StorePoller index(URI elasticsearch, String name, DeliveryLog ledger) {
        IndexPositions reader = new IndexPositions(elasticsearch);
        PositionHistory versions = new PositionHistory("index " + name, findings);
        return new StorePoller("index " + name, INDEX_EVERY, findings, () -> {}, () -> {
            Map<String, Position> acknowledged = ledger.acknowledged(INDEXER, name);
            versions.look(reader.read(name), acknowledged);
            return true;
        });
    }

    /// What it saw.
    public Violations findings() {
        return findings;
    }

    /// From the commit of a change to its prediction.
    public PredictionDelays delays() {
        return delays;
    }

    /// Changes so far whose LSN was lower than that of the change of their key that was committed before them.
    public long races() {
        return changes.races();
    }

    /// How often it looked.
    public long looks() {
        return watches.stream().mapToLong(StorePoller::looks).sum();
    }

    /// Returns when everything has been looked at that was there before.
    public void awaitLooks() throws InterruptedException {
        for (StorePoller watch : watches) {
            watch.awaitWholeLook();
        }
    }

    @Override
    public void close() {
        watches.forEach(StorePoller::close);
    }
}
