package dev.rowcast.local.chaos.watch;

import dev.rowcast.local.chaos.ChaosSystem;
import dev.rowcast.local.chaos.delivery.Ledger;
import dev.rowcast.model.ModelContract;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Reads the stores while the run goes on, as a client would: captured table, indices, and the captured table's WAL. It
/// reports every key that goes back, and every change that a function answered with success and a store does not have.
public final class Observer implements AutoCloseable {

    private static final Duration TABLE_EVERY = Duration.ofMillis(250);
    private static final Duration INDEX_EVERY = Duration.ofSeconds(1);
    private static final String PREDICTOR = "predictor";
    private static final String INDEXER = "indexer";

    private final Findings findings = new Findings();
    private final Delays delays = new Delays();
    private final LongAdder looks = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads;

    private Observer(ChaosSystem chaos) {
        ModelContract contract = chaos.system().contract();
        Ledger ledger = chaos.ledger();
        String source = contract.source().table();
        String captured = contract.captured().table();
        TableReader table = new TableReader(chaos.jdbc(), contract);
        CapturedTopicReader topic = new CapturedTopicReader(
                chaos.system().stations().kafka().address(),
                "churn." + contract.captured().schema() + "." + captured,
                contract,
                findings,
                delays);
        Versions ofTable = new Versions("captured table", findings);
        this.threads = Stream.of(
                        looking("watch-table", TABLE_EVERY, table, () -> {
                            Map<String, Long> acknowledged = ledger.acknowledged(PREDICTOR, source);
                            ofTable.look(table.read(), acknowledged);
                        }),
                        index(chaos.elasticsearch(), source, ledger),
                        index(chaos.elasticsearch(), captured, ledger),
                        looking("watch-wal", Duration.ZERO, topic, () -> topic.read(Duration.ofMillis(500))))
                .toList();
        threads.forEach(Thread::start);
    }

    /// Begins to watch.
    public static Observer of(ChaosSystem chaos) {
        return new Observer(chaos);
    }

    private Thread index(URI elasticsearch, String name, Ledger ledger) {
        IndexReader reader = new IndexReader(elasticsearch);
        Versions versions = new Versions("index " + name, findings);
        return looking("watch-" + name, INDEX_EVERY, () -> {}, () -> {
            Map<String, Long> acknowledged = ledger.acknowledged(INDEXER, name);
            versions.look(reader.read(name), acknowledged);
        });
    }

    @FunctionalInterface
    private interface Look {
        void look() throws SQLException, IOException, InterruptedException;
    }

    private Thread looking(String name, Duration every, AutoCloseable reader, Look look) {
        return Thread.ofPlatform().name(name).daemon().unstarted(() -> {
            try (reader) {
                while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    lookOnce(look);
                }
            } catch (Exception broken) {
                findings.lost(name + " cannot watch any more: " + broken);
            }
        });
    }

    private void lookOnce(Look look) throws InterruptedException {
        try {
            look.look();
            looks.increment();
        } catch (SQLException | IOException away) {
            // The store is down: there is nothing to be seen now.
            Thread.sleep(100);
        }
    }

    /// What it saw.
    public Findings findings() {
        return findings;
    }

    /// From the commit of a change to its prediction.
    public Delays delays() {
        return delays;
    }

    /// How often it looked.
    public long looks() {
        return looks.sum();
    }

    @Override
    public void close() {
        closed.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
