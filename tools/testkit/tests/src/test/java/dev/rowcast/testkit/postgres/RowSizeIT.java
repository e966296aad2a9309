package dev.rowcast.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Files;
import java.sql.SQLException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `postgres/schema/60-limits.sql`: the rows that are refused because of their size, and the messages.
class RowSizeIT extends WithDatabase {

    private static final String LIMIT = "octet_length(row_to_json(person_churn_history)::text)";

    @AfterEach
    void empty() throws SQLException {
        database.execute("app", "DELETE FROM person_churn_history");
    }

    @Test
    void aRowOfSixHundredKilobytesIsRefusedWithTableSizeAndLimit() {
        refused("INSERT INTO person_churn_history (customerid, gender) VALUES ('a', repeat('x', 600000))")
                .hasMessageContaining("a row of public.person_churn_history has 600405 bytes")
                .hasMessageContaining("at most 262144")
                .hasMessageContaining("Hint: Keep large values in a table of their own");
    }

    @Test
    void theLimitIsExactAndCountsBytesOfJson() throws SQLException {
        database.execute("app", "INSERT INTO person_churn_history (customerid, gender) VALUES ('a', '')");
        String fill = "UPDATE person_churn_history SET gender = repeat('x', 262144 - " + LIMIT + ")";
        database.execute("app", fill);

        assertThat(database.list("SELECT " + LIMIT + " FROM person_churn_history"))
                .containsExactly("262144");
        refused("UPDATE person_churn_history SET gender = gender || 'x'").hasMessageContaining("262145 bytes");
        refused("UPDATE person_churn_history SET gender = repeat('\"', 131072)").hasMessageContaining("bytes as JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE person_churn_history ADD extra text GENERATED ALWAYS AS (gender || gender) STORED",
                "ALTER TABLE person_churn_history ADD extra text DEFAULT repeat('x', 150000)",
                "ALTER TABLE person_churn_history ADD extra bytea DEFAULT decode(repeat('00', 75000), 'hex')",
                "ALTER TABLE person_churn_history ADD extra jsonb DEFAULT to_jsonb(repeat('x', 150000))"
            })
    void columnsThatWereAddedCountToo(String addition) throws SQLException {
        database.execute("app", addition);
        try {
            refused("INSERT INTO person_churn_history (customerid, gender) VALUES ('a', repeat('x', 120000))");
        } finally {
            database.execute("app", "ALTER TABLE person_churn_history DROP extra");
        }
    }

    @Test
    void rowsThatAReplicationWritesAreRefusedToo() {
        assertThatThrownBy(() -> database.execute("postgres", """
                        SET session_replication_role = replica;
                        INSERT INTO person_churn_history (customerid, gender) VALUES ('a', repeat('x', 300000))""")).hasFieldOrPropertyWithValue("SQLState", "54000");
    }

    /// As a table of one's own has them, which is older than the limit.
    @Test
    void tableWithLargerRowsIsRefusedWithTheQueryThatFindsThem() throws Exception {
        database.execute("app", "ALTER TABLE person_churn_history DISABLE TRIGGER refuse_large_row");
        database.execute(
                "app", "INSERT INTO person_churn_history (customerid, gender) VALUES ('old', repeat('x', 300000))");
        database.execute("postgres", "DROP TRIGGER refuse_large_row ON person_churn_history");
        String file = Files.readString(Checkout.find().resolve("postgres/schema/60-limits.sql"));

        assertThatThrownBy(() -> database.execute("postgres", file))
                .hasMessageContaining("public.person_churn_history has 1 rows of more than 262144 bytes as JSON")
                .hasMessageContaining("SELECT * FROM public.person_churn_history AS source WHERE octet_length(");
        database.execute("app", "UPDATE person_churn_history SET gender = 'small'");
        database.execute("postgres", file);
        database.execute("postgres", file);

        refused("UPDATE person_churn_history SET gender = repeat('x', 300000)");
    }

    @Test
    void aPreviousThatWouldBeTooLargeIsLeftOutAndSaysSo() throws SQLException {
        String prediction = """
                INSERT INTO person_churn_history_captured (customerid, churn_probability, churn_prediction, model_version,
                  source_epoch, source_lsn, source_ts, operation, previous)
                VALUES ('%s', 0.5, 'No', 'm', 0, 1, now(), 'u', %s)
                ON CONFLICT (customerid) DO UPDATE SET previous = excluded.previous""";
        String numbers = "('{\"extra\": [0' || repeat(',1e300', %d) || ']}')::jsonb";

        database.execute("predictor", prediction.formatted("kept", numbers.formatted(1000)));
        database.execute("predictor", prediction.formatted("long", numbers.formatted(2000)));
        database.execute("predictor", prediction.formatted("changed", "NULL"));
        database.execute("predictor", prediction.formatted("changed", numbers.formatted(2000)));

        assertThat(database.list("""
                        SELECT customerid || coalesce(' ' || (previous ->> 'rowcast_left_out'), '')
                        FROM person_churn_history_captured ORDER BY 1"""))
                .containsExactly(
                        "changed the row before the change: 606014 bytes, and at most 524288 are kept",
                        "kept",
                        "long the row before the change: 606014 bytes, and at most 524288 are kept");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String sql) {
        return assertThatThrownBy(() -> database.execute("app", sql)).hasFieldOrPropertyWithValue("SQLState", "54000");
    }
}
