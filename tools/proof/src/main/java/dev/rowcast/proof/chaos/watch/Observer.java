package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.ChaosSystem;
import dev.rowcast.proof.chaos.delivery.Ledger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Reads the stores while the run goes on, as a client would: captured table and cases, indices, and the captured
/// table's WAL. It reports every key that goes back, and every change that a function answered with success and a store
/// does not have. It reads the source table's changes too, whose positions must rise in the order of their commits.
public final class Observer implements AutoCloseable {

    private static final Duration TABLE_EVERY = Duration.ofMillis(250);
    private static final Duration INDEX_EVERY = Duration.ofSeconds(1);
    private static final String PREDICTOR = "predictor";
    private static final String INDEXER = "indexer";
    private static final String CASES = "retention_case";

    private final Findings findings = new Findings();
    private final Delays delays = new Delays();
    private final SourceTopicReader changes;
    private final List<Watch> watches;

    private Observer(ChaosSystem chaos) {
        ModelContract contract = chaos.system().contract();
        Ledger ledger = chaos.ledger();
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
                        TableReader.ofPredictions(chaos.jdbc(), contract),
                        () -> ledger.acknowledged(PREDICTOR, source)),
                // A prediction between the thresholds is answered with success and moves no case.
                table("cases", TableReader.ofCases(chaos.jdbc()), Map::of),
                index(chaos.elasticsearch(), source, ledger),
                index(chaos.elasticsearch(), captured, ledger),
                index(chaos.elasticsearch(), CASES, ledger),
                new Watch(
                        "source topic",
                        Duration.ZERO,
                        findings,
                        changes,
                        () -> changes.read(Duration.ofMillis(500)) == 0),
                new Watch("wal", Duration.ZERO, findings, topic, () -> topic.read(Duration.ofMillis(500)) == 0));
        watches.forEach(Watch::start);
    }

    /// Begins to watch.
    public static Observer of(ChaosSystem chaos) {
        return new Observer(chaos);
    }

    private Watch table(String name, TableReader reader, Supplier<Map<String, Position>> acknowledged) {
        Versions versions = new Versions(name, findings);
        return new Watch(name, TABLE_EVERY, findings, reader, () -> {
            Map<String, Position> before = acknowledged.get();
            versions.look(reader.read(), before);
            return true;
        });
    }

    private Watch index(URI elasticsearch, String name, Ledger ledger) {
        IndexReader reader = new IndexReader(elasticsearch);
        Versions versions = new Versions("index " + name, findings);
        return new Watch("index " + name, INDEX_EVERY, findings, () -> {}, () -> {
            Map<String, Position> acknowledged = ledger.acknowledged(INDEXER, name);
            versions.look(reader.read(name), acknowledged);
            return true;
        });
    }

    /// What it saw.
    public Findings findings() {
        return findings;
    }

    /// From the commit of a change to its prediction.
    public Delays delays() {
        return delays;
    }

    /// Changes so far whose LSN was lower than that of the change of their key that was committed before them.
    public long races() {
        return changes.races();
    }

    /// How often it looked.
    public long looks() {
        return watches.stream().mapToLong(Watch::looks).sum();
    }

    /// Returns when everything has been looked at that was there before.
    public void awaitLooks() throws InterruptedException {
        for (Watch watch : watches) {
            watch.awaitWholeLook();
        }
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
