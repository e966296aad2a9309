package dev.rowcast.testkit.station;

import static dev.rowcast.testkit.station.Replication.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The largest rows that the schema admits, of the kinds that grow most on their way, through the real connector into
/// the real topics: one row never stops the others. The factors in `SizeChainTest` are these.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargestRowIT extends WithReplication {

    private static final int ROW = 262_144;
    private static final String CAPTURED = TOPIC + "_captured";

    @BeforeAll
    static void start() throws SQLException {
        path.execute(
                "app",
                "ALTER TABLE person_churn_history ADD doc json, ADD shape polygon, ADD list float8[], ADD times timestamp[]");
        path.startConnector();
    }

    @Test
    @Order(1)
    void aRowBeyondTheLimitIsRefusedAndTheNextOneFlows() throws SQLException {
        assertThatThrownBy(() -> path.execute(
                        "app",
                        "INSERT INTO person_churn_history (customerid, gender) VALUES ('large', repeat('x', 600000))"))
                .hasMessageContaining("at most 262144 can be carried");
        path.insert("next");

        path.await("next", found -> !found.isEmpty());
    }

    /// @param bytes what one more unit adds to the row as Postgres writes it
    /// @param times what its change has at least for each byte of the row: before and after, and what JSON adds
    @Order(2)
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            quotes     | gender | repeat('"', %d)                                  | 2  | 1.9
            backslash  | gender | repeat('\\', %d)                                  | 2  | 1.9
            control    | gender | repeat(chr(1), %d)                               | 6  | 1.9
            four bytes | gender | repeat(chr(128512), %d)                          | 4  | 5.9
            json       | doc    | to_json(repeat('"', %d))                         | 2  | 3.9
            polygon    | shape  | concat('((0,0)', repeat(',(0,0)', %d), ')')::polygon | 6  | 6.9
            numbers    | list   | array_fill(1::float8, ARRAY[%d])                 | 2  | 3.9
            far times  | times  | array_fill('infinity'::timestamp, ARRAY[%d])     | 11 | 5.0
            spelt out  | list   | array_fill(1e300::float8, ARRAY[%d])             | 7  | 2.0
            """)
    void theLargestOfEachKindAndItsPredictionArrive(String kind, String column, String value, int bytes, double times)
            throws SQLException {
        // Given
        path.insert(kind);
        int room = ROW - Integer.parseInt(size(kind)) - "\"\"[]()".length() - 8;
        String fill = "UPDATE person_churn_history SET " + column + " = " + value.formatted(room / bytes)
                + " WHERE customerid = '" + kind + "'";
        path.execute("app", fill);
        assertThat(Integer.parseInt(size(kind))).isBetween(ROW - 64, ROW);

        // When
        path.execute("app", "UPDATE person_churn_history SET tenure = 2 WHERE customerid = '" + kind + "'");

        // Then
        Event change = path.await(kind, found -> found.stream().anyMatch(LargestRowIT::hasTenureTwo)).stream()
                .filter(LargestRowIT::hasTenureTwo)
                .findFirst()
                .orElseThrow();
        assertThat(change.record().serializedValueSize() / (double) ROW).isBetween(times, 8.0);
        predict(kind, change);
        predict(kind, change);
        Event prediction =
                path.await(CAPTURED, kind, found -> found.size() == 2).getLast();
        assertThat(prediction.envelope().path("before").path("previous").isTextual())
                .isTrue();
        assertThat(prediction.record().serializedValueSize() / (double) ROW).isLessThan(19);
        path.connect.awaitRunning("churn");
    }

    /// As many as fill the connector's queue several times: what it holds in memory is bounded by bytes.
    @Test
    @Order(3)
    void aBurstOfLargestRowsGoesThrough() throws SQLException {
        path.execute("app", """
                INSERT INTO person_churn_history (customerid, gender)
                SELECT 'burst-' || n, repeat(chr(128512), 65000) FROM generate_series(1, 30) n;
                UPDATE person_churn_history SET tenure = 2 WHERE customerid LIKE 'burst-%'""");
        path.insert("after the burst");

        path.await("after the burst", found -> !found.isEmpty());
        path.connect.awaitRunning("churn");
    }

    private static boolean hasTenureTwo(Event event) {
        return event.envelope().path("after").path("tenure").asInt() == 2;
    }

    private static String size(String customer) throws SQLException {
        return path.text(
                "SELECT octet_length(row_to_json(row)::text) FROM person_churn_history AS row WHERE customerid = '"
                        + customer + "'");
    }

    /// Stores a prediction as the predictor does.
    private static void predict(String customer, Event change) throws SQLException {
        try (Connection predictor = path.postgres.connect("predictor");
                PreparedStatement upsert = predictor.prepareStatement("""
                        INSERT INTO person_churn_history_captured (customerid, gender, churn_probability, churn_prediction,
                          model_version, source_epoch, source_lsn, source_ts, operation, previous)
                        VALUES (?, ?, 0.5, 'No', 'm', 0, 1, now(), 'u', ?::jsonb)
                        ON CONFLICT (customerid) DO UPDATE SET churn_probability = 0.6, previous = excluded.previous""")) {
            upsert.setString(1, customer);
            upsert.setString(2, change.envelope().path("after").path("gender").textValue());
            upsert.setString(3, change.envelope().path("before").toString());
            upsert.executeUpdate();
        }
    }
}
