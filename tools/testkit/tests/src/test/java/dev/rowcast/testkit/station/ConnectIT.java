package dev.rowcast.testkit.station;

import static dev.rowcast.testkit.station.Replication.TABLE;
import static dev.rowcast.testkit.station.Replication.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Position;
import dev.rowcast.change.Upsert;
import dev.rowcast.outcome.Reason;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.process.StationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectIT extends WithReplication {

    @BeforeAll
    static void startTheConnectorWhileATransactionIsUnderWay() throws SQLException {
        path.insert("before");
        path.insert("changing");
        try (Connection app = path.postgres.connect("app");
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute("INSERT INTO " + TABLE + " (customerid) VALUES ('unseen')");
            statement.execute("UPDATE " + TABLE + " SET tenure = 2 WHERE customerid = 'changing'");
            // A commit flushes all WAL before it: the snapshot begins after the changes of the open transaction.
            path.insert("committed later and seen");
            path.startConnector();
            path.await("before", found -> !found.isEmpty());
            app.commit();
        }
    }

    @Test
    void aRowFromBeforeTheConnectorIsReadAndStandsAtTheFloor() {
        Event read = path.await("before", found -> !found.isEmpty()).getFirst();

        assertThat(read.operation()).isEqualTo("r");
        assertThat(read.lsn().longValue()).isPositive();
        assertThat(read.change().position()).isEqualTo(Position.floor(3));
    }

    @Test
    void aChangeThatTheSnapshotDidNotSeeIsStreamedAndOutdoesTheRead() {
        assertThat(path.await("unseen", found -> !found.isEmpty()).getFirst().operation())
                .isEqualTo("c");
        List<Event> events = path.await("changing", found -> has(found, "u"));
        Event read = first(events, "r");
        Event update = first(events, "u");
        assertThat(read.envelope().path("after").path("tenure").intValue()).isEqualTo(1);
        assertThat(update.envelope().path("after").path("tenure").intValue()).isEqualTo(2);
        // Taken at its word the read would outdo the update, which was written before the snapshot looked.
        assertThat(read.lsn().longValue()).isGreaterThan(update.lsn().longValue());
        assertThat(update.change().position())
                .isEqualTo(new Position(3, update.commit(), update.lsn().longValue()))
                .isGreaterThan(read.change().position());
    }

    @Test
    void twoUpdatesOfOneRowInOneTransactionHaveRisingPositions() throws SQLException {
        // When
        path.insert("twice");
        path.execute("app", """
                BEGIN;
                UPDATE person_churn_history SET tenure = 2 WHERE customerid = 'twice';
                UPDATE person_churn_history SET tenure = 3 WHERE customerid = 'twice';
                UPDATE person_churn_history SET tenure = 4 WHERE customerid = 'twice';
                COMMIT""");

        // Then
        List<Event> events = path.await("twice", found -> streamed(found).size() == 4);
        assertThat(streamed(events))
                .extracting(
                        event -> event.envelope().path("after").path("tenure").intValue())
                .containsExactly(1, 2, 3, 4);
        assertThat(streamed(events))
                .extracting(event -> event.change().position())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aTableReadAgainStandsBelowEveryStreamedChange() throws SQLException {
        // Given
        path.insert("again");
        path.execute("app", "UPDATE person_churn_history SET tenure = 2 WHERE customerid = 'again'");

        // When
        path.execute("connector", """
                INSERT INTO rowcast_signal (id, type, data) VALUES ('again', 'execute-snapshot',
                '{"type": "incremental", "data-collections": ["public.person_churn_history"]}')""");

        // Then
        List<Event> events = path.await("again", found -> has(found, "r"));
        Event read = first(events, "r");
        assertThat(read.envelope().path("source").path("snapshot").asText()).isEqualTo("incremental");
        assertThat(read.lsn().isMissingNode() || read.lsn().isNull()).isTrue();
        assertThat(read.change()).isInstanceOfSatisfying(Upsert.class, upsert -> {
            assertThat(upsert.operation()).isEqualTo(Operation.READ);
            assertThat(upsert.position()).isEqualTo(Position.floor(3));
        });
        assertThat(streamed(events))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.change().position()).isGreaterThan(Position.floor(3)));
    }

    @Test
    void numbersAreNumbersAndTimesAreIso() throws SQLException {
        // When
        path.execute("app", """
                INSERT INTO person_churn_history (customerid, tenure, seniorcitizen, monthlycharges, totalcharges)
                VALUES ('types', 7, 1, 29.85, NULL)""");
        path.execute("predictor", """
                INSERT INTO person_churn_history_captured
                    (customerid, churn_probability, churn_prediction, model_version, source_epoch, source_lsn,
                     source_ts, operation)
                VALUES ('types', 0.25, 'No', 'm', 0, 5, '2026-01-02 03:04:05.678Z', 'c')""");

        // Then
        JsonNode row = path.await("types", found -> !found.isEmpty())
                .getFirst()
                .envelope()
                .path("after");
        assertThat(row.path("monthlycharges").isNumber()).isTrue();
        assertThat(row.path("monthlycharges").decimalValue()).isEqualByComparingTo("29.85");
        assertThat(row.path("totalcharges").isNull()).isTrue();
        assertThat(row.path("tenure").intValue()).isEqualTo(7);
        assertThat(row.path("seniorcitizen").intValue()).isEqualTo(1);
        JsonNode captured = path.await(TOPIC + "_captured", "types", found -> !found.isEmpty())
                .getFirst()
                .envelope()
                .path("after");
        assertThat(captured.path("churn_probability").doubleValue()).isEqualTo(0.25);
        assertThat(OffsetDateTime.parse(captured.path("source_ts").asText()).toInstant())
                .isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
    }

    @Test
    void updatesAndDeletesCarryTheWholeOldRowAndADeleteIsOneMessage() throws SQLException {
        // When
        path.insert("whole");
        path.execute("app", "UPDATE person_churn_history SET gender = 'Male' WHERE customerid = 'whole'");
        path.execute("app", "DELETE FROM person_churn_history WHERE customerid = 'whole'");
        path.insert("after the delete");

        // Then
        path.await("after the delete", found -> !found.isEmpty());
        List<Event> events = path.await("whole", found -> has(found, "d"));
        JsonNode before = first(events, "u").envelope().path("before");
        assertThat(before.size()).isEqualTo(21);
        assertThat(before.path("tenure").intValue()).isEqualTo(1);
        assertThat(before.path("gender").isNull()).isTrue();
        Delete delete = (Delete) events.getLast().change();
        assertThat(delete.before().flatMap(row -> row.column("gender")).map(JsonNode::asText))
                .contains("Male");
        TopicRecords.of(path.kafka, TOPIC).assertKafkaSourceCanRead();
    }

    @Test
    void aLargeValueThatIsNotInTheLogIsMarkedByWhatNoUserCanWrite() throws SQLException {
        // Given
        String large = "(SELECT string_agg(md5(n::text), '') FROM generate_series(1, 500) AS n)";
        path.execute("app", "ALTER TABLE person_churn_history ADD loud text GENERATED ALWAYS AS (upper(gender))");

        // When the table has its key as replica identity, as with a VIRTUAL column
        path.execute("app", "INSERT INTO person_churn_history (customerid, gender) VALUES ('torn', " + large + ")");
        path.execute("app", "UPDATE person_churn_history SET tenure = 2 WHERE customerid = 'torn'");
        path.execute("app", "UPDATE person_churn_history SET customerid = 'torn again' WHERE customerid = 'torn'");
        path.execute("app", "ALTER TABLE person_churn_history DROP loud");
        path.execute("app", """
                INSERT INTO person_churn_history (customerid, contract)
                VALUES ('writer', '__debezium_unavailable_value')""");
        path.execute("app", "UPDATE person_churn_history SET gender = " + large + " WHERE customerid = 'writer'");
        path.execute("app", "UPDATE person_churn_history SET tenure = 2 WHERE customerid = 'writer'");

        // Then
        List<Event> torn = path.await("torn", found -> has(found, "d"));
        assertThat(torn.get(1).rejected().reason()).isEqualTo(Reason.TOAST_PLACEHOLDER);
        assertThat(torn.get(1).rejected().message()).startsWith("column gender: ");
        assertThat(path.await("torn again", found -> !found.isEmpty())
                        .getFirst()
                        .rejected()
                        .reason())
                .as("the insert that a changed key arrives as")
                .isEqualTo(Reason.TOAST_PLACEHOLDER);
        List<Event> writer = path.await("writer", found -> found.size() == 3);
        assertThat(writer).extracting(Event::change).hasOnlyElementsOfType(Upsert.class);
        assertThat(((Upsert) writer.getLast().change())
                        .after()
                        .column("gender")
                        .orElseThrow()
                        .textValue())
                .as("taken from the old row")
                .hasSize(16_000);
    }

    @Test
    void theSlotIsConfirmedWhileTheTablesRest() throws SQLException {
        // When changes of a table that is not captured fill the WAL
        path.execute("postgres", "CREATE TABLE public.noise AS SELECT generate_series(1, 10000) AS n");

        // Then
        path.awaitConfirmed("rowcast_churn");
    }

    @Test
    void aKillOfConnectLosesNothing() throws SQLException {
        // Given
        int rows = 400;
        Set<String> written = new HashSet<>();

        // When
        try (Connection app = path.postgres.connect("app");
                Statement insert = app.createStatement()) {
            for (int row = 0; row < rows; row++) {
                if (row == rows / 2) {
                    path.connect.kill();
                }
                insert.execute("INSERT INTO " + TABLE + " (customerid) VALUES ('killed-" + row + "')");
                written.add("killed-" + row);
            }
        }
        path.connect.start();
        path.connect.awaitRunning("churn");

        // Then
        TopicRecords.await(path.kafka, TOPIC, records -> Event.keys(records).containsAll(written));
    }

    @Test
    void theConnectorGoesOnWhenEveryPortIsAnother() throws SQLException {
        // Given
        String oldAddress = path.postgres.address();
        path.connect.stop();
        path.insert("while it was stopped");
        path.close();

        // When
        path = new Replication(folder);
        path.startConnector();
        path.insert("on other ports");

        // Then
        assertThat(path.postgres.address()).isNotEqualTo(oldAddress);
        assertThat(path.await("while it was stopped", found -> !found.isEmpty()))
                .allMatch(event -> event.is("c"));
        assertThat(path.await("on other ports", found -> !found.isEmpty())).allMatch(event -> event.is("c"));
    }

    @Test
    void settingsThatCannotWorkAreRefusedWithTheReason() {
        assertThatThrownBy(() -> path.configure(Replication.connector(), "wrong"))
                .isInstanceOf(StationFailure.class)
                .hasMessageStartingWith("Kafka Connect refuses connector churn: 400")
                .hasMessageContaining("password authentication failed");
        path.configure(Replication.connector(), path.postgres.password("connector"));
    }

    @Test
    void aConnectorThatFailsIsShownWithItsTrace() {
        // Given a connector whose publication does not exist
        KafkaConnectorManifest real = Replication.connector();
        Map<String, String> config = new HashMap<>(real.config());
        config.put("publication.name", "nobodys");
        config.put("slot.name", "nobodys");
        config.put("topic.prefix", "nobodys");
        KafkaConnectorManifest failing = new KafkaConnectorManifest("failing", real.connectorClass(), 1, config);

        // When
        path.configure(failing, path.postgres.password("connector"));

        // Then
        assertThatThrownBy(() -> path.connect.awaitRunning("failing"))
                .isInstanceOf(StationFailure.class)
                .hasMessageStartingWith("Connector failing has failed: ")
                .hasMessageContaining("ublication");
    }

    private static List<Event> streamed(List<Event> events) {
        return events.stream().filter(event -> !event.is("r")).toList();
    }

    private static boolean has(List<Event> events, String operation) {
        return events.stream().anyMatch(event -> event.is(operation));
    }

    private static Event first(List<Event> events, String operation) {
        return events.stream().filter(event -> event.is(operation)).findFirst().orElseThrow();
    }
}
