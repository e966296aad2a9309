package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.model.ContractCheck.Violation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractCheckTest {

    private static final ModelContract CONTRACT = Contracts.small();

    private static Map<String, String> source() {
        return new HashMap<>(Map.of(
                "id", "text", "plan", "text", "months", "integer", "senior", "smallint", "charges", "numeric(10,2)"));
    }

    private static Map<String, String> captured() {
        Map<String, String> columns = source();
        columns.putAll(Map.of(
                "leaves", "text",
                "leaves_probability", "double precision",
                "leaves_prediction", "text",
                "leaves_threshold", "double precision",
                "model_version", "text",
                "source_epoch", "smallint",
                "source_lsn", "bigint",
                "source_ts", "timestamp(3) with time zone",
                "operation", "text",
                "previous", "jsonb"));
        columns.putAll(Map.of("source_commit", "bigint", "predicted_at", "timestamptz", "deleted", "boolean"));
        return columns;
    }

    @Test
    void tablesThatKeepTheContractHaveNoViolation() {
        assertThat(ContractCheck.source(CONTRACT, source())).isEmpty();
        assertThat(ContractCheck.captured(CONTRACT, captured())).isEmpty();
    }

    @Test
    void columnsNobodyAsksForAreNoViolation() {
        Map<String, String> columns = source();
        columns.put("notes", "tsvector");

        assertThat(ContractCheck.source(CONTRACT, columns)).isEmpty();
    }

    @Test
    void everyViolationNamesTableColumnExpectedAndFound() {
        Map<String, String> columns = source();
        columns.remove("id");
        columns.put("plan", "integer");
        columns.put("months", "text");
        columns.put("senior", "numeric");
        columns.remove("charges");

        assertThat(ContractCheck.source(CONTRACT, columns))
                .containsExactly(
                        new Violation("shop.customer", "id", "any type", "nothing"),
                        new Violation("shop.customer", "plan", "a text", "integer"),
                        new Violation("shop.customer", "months", "a number", "text"),
                        new Violation("shop.customer", "senior", "a text or a whole number", "numeric"),
                        new Violation("shop.customer", "charges", "a number", "nothing"));
        assertThat(ContractCheck.source(CONTRACT, columns).get(2).message())
                .isEqualTo("table shop.customer, column months: expected a number, found text");
    }

    @Test
    void tableThatIsNotThereIsOneViolation() {
        assertThat(ContractCheck.captured(CONTRACT, Map.of()))
                .containsExactly(new Violation("shop.customer_captured", "*", "a table that may be read", "nothing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "leaves",
                "leaves_probability",
                "leaves_prediction",
                "leaves_threshold",
                "model_version",
                "source_epoch",
                "source_commit",
                "source_lsn",
                "source_ts",
                "operation",
                "previous",
                "predicted_at",
                "deleted",
                "plan",
                "months"
            })
    void capturedTableNeedsTheRowThePredictionAndTheChange(String column) {
        Map<String, String> columns = captured();
        columns.put(column, "point");

        assertThat(ContractCheck.captured(CONTRACT, columns)).singleElement().satisfies(violation -> {
            assertThat(violation.table()).isEqualTo("shop.customer_captured");
            assertThat(violation.column()).isEqualTo(column);
            assertThat(violation.found()).isEqualTo("point");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan   | text
            plan   | character varying(20)
            plan   | varchar
            plan   | character(3)
            plan   | bpchar
            plan   | USER-DEFINED
            months | smallint
            months | int8
            months | numeric
            months | real
            months | float8
            senior | bigint
            """)
    void everySpellingOfATypeIsKnown(String column, String type) {
        Map<String, String> columns = source();
        columns.put(column, type);

        assertThat(ContractCheck.source(CONTRACT, columns)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan   | text[]
            plan   | jsonb
            plan   | boolean
            months | numeric(10,2)[]
            months | boolean
            months | timestamp with time zone
            """)
    void typeThatCannotHoldAFeatureIsAViolation(String column, String type) {
        Map<String, String> columns = source();
        columns.put(column, type);

        assertThat(ContractCheck.source(CONTRACT, columns)).hasSize(1);
    }
}
