package dev.rowcast.testkit.station;

import static dev.rowcast.testkit.station.Replication.PATIENCE;
import static dev.rowcast.testkit.station.Replication.TABLE;
import static dev.rowcast.testkit.station.Replication.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import dev.rowcast.testkit.process.StationProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the position of a change promises: for each key it rises from commit to commit, also where the LSN does not,
/// and whatever becomes of the connector.
@Timeout(600)
class OrderIT extends WithReplication {

    private static final int ROWS = 2_000;

    @BeforeAll
    static void start() throws SQLException {
        path.insert("first");
        path.startConnector();
        path.insert("second");
        path.await("second", found -> !found.isEmpty());
        // It stores an offset before it confirms it to the slot. Without an offset it would read all rows again.
        path.awaitConfirmed("rowcast_churn");
    }

    /// An insert is logged before its unique check waits for the transaction that deletes its key.
    @Test
    void insertThatWaitedForADeleteHasTheLowerLsnAndTheHigherPosition() throws Exception {
        path.insert("raced");
        try (Connection deleting = path.postgres.connect("app");
                Connection inserting = path.postgres.connect("app");
                Statement delete = deleting.createStatement();
                Statement insert = inserting.createStatement();
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            deleting.setAutoCommit(false);
            delete.execute("UPDATE " + TABLE + " SET tenure = 2 WHERE customerid = 'raced'");
            Future<?> inserted = thread.submit(
                    () -> insert.execute("INSERT INTO " + TABLE + " (customerid, tenure) VALUES ('raced', 9)"));
            path.awaitTrue("SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'");
            delete.execute("DELETE FROM " + TABLE + " WHERE customerid = 'raced'");
            deleting.commit();
            inserted.get();
        }

        List<Event> events = path.await("raced", found -> found.size() == 4);
        Event deletion = events.get(2);
        Event insertion = events.get(3);
        assertThat(deletion.is("d")).isTrue();
        assertThat(insertion.is("c")).isTrue();
        assertThat(insertion.lsn().longValue()).isLessThan(deletion.lsn().longValue());
        assertThat(insertion.change().position())
                .isGreaterThan(deletion.change().position());
    }

    /// Sessions that write the same keys at the same time, as clients do that know nothing of each other.
    @Test
    void positionsOfEachKeyRiseAsItsTransactionsCommit() throws Exception {
        int keys = 50;
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 4; client++) {
                String sql = client == 0
                        ? "DELETE FROM " + TABLE + " WHERE customerid = 'race-%d'"
                        : "INSERT INTO " + TABLE + " (customerid, tenure) VALUES ('race-%d', " + client + ")";
                Random random = new Random(client);
                clients.add(CompletableFuture.runAsync(() -> race(sql, keys, random), threads));
            }
            clients.forEach(CompletableFuture::join);
        }
        path.insert("after the race");
        path.await("after the race", found -> !found.isEmpty());

        Set<String> there = new HashSet<>(path.texts("SELECT customerid FROM " + TABLE));
        TopicRecords records = TopicRecords.of(path.kafka, TOPIC);
        for (int key = 0; key < keys; key++) {
            String customer = "race-" + key;
            List<Event> events = records.eventsOf(customer);
            assertThat(events)
                    .extracting(event -> event.change().position())
                    .as(customer)
                    .isNotEmpty()
                    .isSorted()
                    .doesNotHaveDuplicates();
            Event newest = events.stream()
                    .max(Comparator.comparing(event -> event.change().position()))
                    .orElseThrow();
            assertThat(newest.is("d")).as(customer).isEqualTo(!there.contains(customer));
        }
    }

    private static void race(String sql, int keys, Random random) {
        try (Connection app = path.postgres.connect("app");
                Statement statement = app.createStatement()) {
            for (int round = 0; round < 600; round++) {
                try {
                    statement.execute(sql.formatted(random.nextInt(keys)));
                } catch (SQLException taken) {
                    assertThat(taken.getSQLState()).as("a key that is there").isEqualTo("23505");
                }
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /// The last stored offset of the connector is before the events that it has sent.
    @Test
    void killInMidTransactionGivesNoNewChangeALowerPosition() throws Exception {
        Part part = endInMidTransaction("killed", path.connect::kill);
        assertRisingAfterAStart(part, "after the kill");
    }

    /// The last stored offset of the connector is inside the transaction.
    @Test
    void stopInMidTransactionGivesNoNewChangeALowerPosition() throws Exception {
        Part part = endInMidTransaction("stopped", () -> {
            path.connect.resume();
            path.connect.stop();
        });
        assertRisingAfterAStart(part, "after the stop");
    }

    /// The rows of a transaction, by the beginning of their keys.
    ///
    /// @param prefix the beginning of each key
    /// @param rows how many there are, each changed three times
    private record Part(String prefix, int rows) {
        private Stream<Event> events() {
            return Event.holding(prefix + "-", TopicRecords.of(path.kafka, TOPIC));
        }
    }

    /// Ends the connector when some events of a transaction are out, and not all. How many a connector sends until it
    /// has ended depends on the machine, so a transaction that was too small is followed by a larger one.
    private static Part endInMidTransaction(String prefix, Runnable end) throws SQLException {
        for (int rows = ROWS; rows <= 16 * ROWS; rows *= 2) {
            Part part = new Part(prefix + rows, rows);
            write(part);
            awaitPart(part);
            end.run();
            long out = part.events().count();
            assertThat(out).as("events that are out before the connector ends").isPositive();
            if (out < 3L * rows) {
                return part;
            }
            path.connect.start();
            path.connect.awaitRunning("churn");
        }
        throw new AssertionError("The connector has always sent the whole transaction before it ended");
    }

    /// A transaction that changes every row twice, and one more after it.
    private static void write(Part part) throws SQLException {
        path.connect.freeze();
        path.execute("app", """
                BEGIN;
                INSERT INTO %1$s (customerid, tenure) SELECT '%2$s-' || n, 1 FROM generate_series(1, %3$d) AS n;
                UPDATE %1$s SET tenure = 2 WHERE customerid LIKE '%2$s-%%';
                COMMIT;
                UPDATE %1$s SET tenure = 3 WHERE customerid LIKE '%2$s-%%'""".formatted(TABLE, part.prefix(), part.rows()));
    }

    /// Lets the connector run for moments, until a part of the transaction is out.
    private static void awaitPart(Part part) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (part.events().findAny().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            path.connect.resume();
            StationProcess.pause();
            path.connect.freeze();
        }
    }

    private static void assertRisingAfterAStart(Part part, String last) throws SQLException {
        path.insert(last);

        path.connect.start();
        path.connect.awaitRunning("churn");

        path.await(last, found -> !found.isEmpty());
        assertRising(part);
    }

    /// In the order of the topic, a new change is above all earlier ones, and a repeated event is equal to the first.
    private static void assertRising(Part part) {
        Map<String, Position> highest = new HashMap<>();
        Map<String, Position> positions = new HashMap<>();
        part.events().forEach(event -> {
            Position position = event.change().position();
            Position before = positions.putIfAbsent(event.key() + " " + event.lsn(), position);
            if (before == null) {
                Position top = highest.put(event.key(), position);
                assertThat(top == null || position.compareTo(top) > 0)
                        .as("%s: %s after %s", event.key(), position, top)
                        .isTrue();
            } else {
                assertThat(position).as(event.key()).isEqualTo(before);
            }
        });
        assertThat(positions).hasSize(3 * part.rows());
    }
}
