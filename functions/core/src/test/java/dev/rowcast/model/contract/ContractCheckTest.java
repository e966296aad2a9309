package dev.rowcast.model.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.SmallContract;
import dev.rowcast.model.contract.ContractCheck.Violation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContractCheckTest {

    private static final ModelContract CONTRACT = SmallContract.small();

    /// The contract with a type for each number.
    private static final ModelContract TYPED =
            ModelContract.parse(SmallContract.changed(SmallContract.SMALL, contract -> {
                ((ObjectNode) contract.at("/features/1")).put("sql", "integer");
                ((ObjectNode) contract.at("/features/3")).put("sql", "numeric(10,2)");
            }));

    private static Map<String, String> source() {
        return new HashMap<>(Map.of(
                "id", "text", "plan", "text", "months", "integer", "senior", "smallint", "charges", "numeric(10,2)"));
    }

    private static Map<String, String> captured() {
        Map<String, String> columns = source();
        columns.putAll(Map.of("months", "double precision", "charges", "numeric"));
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

    private static Set<String> capturedColumns() {
        return captured().keySet();
    }

    @Test
    void tablesThatKeepTheContractHaveNoViolation() {
        assertThat(ContractCheck.source(CONTRACT, source())).isEmpty();
        assertThat(ContractCheck.captured(CONTRACT, captured(), source())).isEmpty();
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
                        new Violation(
                                "shop.customer", "id", "a text, a number, a boolean, a uuid or a date", "nothing"),
                        new Violation("shop.customer", "plan", "a text", "integer"),
                        new Violation("shop.customer", "months", "a number", "text"),
                        new Violation("shop.customer", "senior", "a text or a whole number", "numeric"),
                        new Violation("shop.customer", "charges", "a number", "nothing"));
        assertThat(ContractCheck.source(CONTRACT, columns).get(2).message())
                .isEqualTo("table shop.customer, column months: expected a number, found text");
    }

    @Test
    void tableThatIsNotThereIsOneViolation() {
        assertThat(ContractCheck.captured(CONTRACT, Map.of(), source()))
                .containsExactly(new Violation("shop.customer_captured", "*", "a readable table", "nothing"));
    }

    @ParameterizedTest
    @MethodSource("capturedColumns")
    void capturedTableNeedsTheRowThePredictionAndTheChange(String column) {
        Map<String, String> columns = captured();
        columns.put(column, "point");

        assertThat(ContractCheck.captured(CONTRACT, columns, source()))
                .singleElement()
                .satisfies(violation -> {
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        months  | smallint         | true
        months  | integer          | true
        months  | int4             | true
        months  | bigint           | false
        months  | numeric          | false
        months  | numeric(9,0)     | true
        months  | numeric(10,0)    | false
        months  | numeric(9,2)     | false
        months  | double precision | false
        months  | real             | false
        charges | numeric(10,2)    | true
        charges | numeric(8,2)     | true
        charges | numeric(10,1)    | false
        charges | numeric(12,2)    | false
        charges | numeric(10,4)    | false
        charges | numeric          | false
        charges | double precision | false
        charges | smallint         | true
        charges | bigint           | false
        """)
    void sourceTypeMustHaveNoValueThatTheContractsCannotHold(String column, String type, boolean kept) {
        Map<String, String> columns = source();
        columns.put(column, type);

        assertThat(ContractCheck.source(TYPED, columns).isEmpty()).isEqualTo(kept);
    }

    @Test
    void sourceColumnOfAnotherTypeIsNamedWithBothTypes() {
        Map<String, String> columns = source();
        columns.put("months", "numeric");

        assertThat(ContractCheck.source(TYPED, columns))
                .extracting(Violation::message)
                .containsExactly(
                        "table shop.customer, column months: expected a type whose every value integer can hold,"
                                + " found numeric");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        months  | integer               | text                  | true
        months  | smallint              | text                  | false
        months  | bigint                | text                  | true
        months  | numeric               | text                  | true
        months  | numeric(10,0)         | text                  | true
        months  | numeric(9,0)          | text                  | false
        months  | real                  | text                  | true
        charges | numeric(10,2)         | text                  | true
        charges | numeric(9,2)          | text                  | false
        charges | numeric(12,1)         | text                  | false
        charges | integer               | text                  | false
        charges | double precision      | text                  | true
        plan    | text                  | text                  | true
        plan    | varchar               | character(3)          | true
        plan    | character varying(20) | text                  | false
        plan    | character varying(20) | character varying(20) | true
        plan    | character varying(20) | character varying(21) | false
        plan    | USER-DEFINED "s"."a"  | USER-DEFINED "s"."a"  | true
        plan    | USER-DEFINED "s"."a"  | USER-DEFINED "s"."b"  | false
        plan    | text                  | USER-DEFINED "s"."b"  | true
        """)
    void capturedTypeMustTakeEveryValueThatIsAccepted(String column, String captured, String plan, boolean kept) {
        Map<String, String> source = source();
        source.put("plan", plan);
        Map<String, String> columns = captured();
        columns.putAll(Map.of("months", "integer", "charges", "numeric(10,2)"));
        columns.put(column, captured);

        assertThat(ContractCheck.captured(TYPED, columns, source))
                .filteredOn(violation -> violation.column().equals(column))
                .hasSize(kept ? 0 : 1);
    }

    @Test
    void keyOfTheCapturedTableTakesEveryKeyOfTheSourceTable() {
        Map<String, String> columns = captured();
        columns.put("id", "integer");

        assertThat(ContractCheck.captured(CONTRACT, columns, source()))
                .containsExactly(new Violation(
                        "shop.customer_captured", "id", "a type that holds every value of text", "integer"));
    }

    @Test
    void keyOfATypeThatNoEventCarriesIsAViolation() {
        Map<String, String> columns = source();
        columns.put("id", "interval");

        assertThat(ContractCheck.source(CONTRACT, columns)).hasSize(1);
    }

    @Test
    void somePublicationHasTheKeyAndEveryFeature() {
        Set<String> all = source().keySet();
        Set<String> some = Set.of("id", "plan", "months", "senior");

        assertThat(ContractCheck.published(CONTRACT, Map.of(), Set.of("charges")))
                .isEmpty();
        assertThat(ContractCheck.published(CONTRACT, Map.of("a", some, "b", all), Set.of()))
                .isEmpty();
        assertThat(ContractCheck.published(CONTRACT, Map.of("rowcast", some), Set.of("charges")))
                .extracting(Violation::message)
                .containsExactly("table shop.customer, column charges: expected a column that publication rowcast"
                        + " publishes, found a generated column that it omits");
        assertThat(ContractCheck.published(CONTRACT, Map.of("rowcast", some), Set.of()))
                .singleElement()
                .satisfies(violation -> assertThat(violation.found()).isEqualTo("none of its columns"));
    }

    private static final ModelContract LATER = ModelContract.parse(SmallContract.CLASSES);

    private static Map<String, String> laterSource() {
        return new HashMap<>(Map.of(
                "id", "date",
                "at", "timestamp(3) with time zone",
                "born", "date",
                "code", "USER-DEFINED public.code",
                "weight", "character varying(12)"));
    }

    private static Map<String, String> laterCaptured() {
        Map<String, String> columns = laterSource();
        columns.putAll(captured());
        columns.putAll(laterSource());
        columns.putAll(Map.of(
                "ends", "text",
                "ends_prediction", "text",
                "ends_probability", "double precision",
                "ends_probabilities", "jsonb"));
        return columns;
    }

    @Test
    void columnsOfTimesEnumsAndTextsKeepTheContract() {
        assertThat(ContractCheck.source(LATER, laterSource())).isEmpty();
        assertThat(ContractCheck.captured(LATER, laterCaptured(), laterSource()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        at     | timestamp without time zone | a time with its zone
        at     | date                        | a time with its zone
        at     | text                        | a time with its zone
        born   | timestamp with time zone    | a date
        born   | integer                     | a date
        code   | integer                     | a text
        weight | numeric                     | a text
        id     | interval                    | a text, a number, a boolean, a uuid or a date
        """)
    void columnOfAnotherTypeIsNamedOnce(String column, String type, String expected) {
        Map<String, String> columns = laterSource();
        columns.put(column, type);

        assertThat(ContractCheck.source(LATER, columns))
                .containsExactly(new Violation("shop.customer", column, expected, type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        at                 | timestamp(0) with time zone | a type that holds every value of timestamp(3) with time zone
        code               | character varying(2)        | a type that holds every value of USER-DEFINED public.code
        weight             | character varying(10)       | a type that holds every value of character varying(12)
        id                 | timestamp with time zone    | a text, a number, a boolean, a uuid or a date
        ends_probabilities | text                        | a JSON document
        ends_prediction    | double precision            | a text
        """)
    void capturedColumnMustHoldEveryValue(String column, String type, String expected) {
        Map<String, String> columns = laterCaptured();
        columns.put(column, type);

        assertThat(ContractCheck.captured(LATER, columns, laterSource()))
                .containsExactly(new Violation("shop.customer_captured", column, expected, type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        at     | timestamp with time zone
        weight | text
        weight | character varying(20)
        code   | text
        """)
    void widerColumnOfTheCapturedTableIsAccepted(String column, String type) {
        Map<String, String> columns = laterCaptured();
        columns.put(column, type);

        assertThat(ContractCheck.captured(LATER, columns, laterSource())).isEmpty();
    }

    @Test
    void capturedTableOfANumberHasItsColumns() {
        ModelContract number = ModelContract.parse(SmallContract.NUMBER);
        Map<String, String> columns = laterCaptured();

        assertThat(ContractCheck.captured(number, columns, laterSource()))
                .extracting(Violation::column)
                .containsExactly("price", "price_prediction", "price_lower", "price_upper");
        columns.putAll(Map.of(
                "price", "numeric(12,2)", "price_prediction", "real", "price_lower", "real", "price_upper", "numeric"));
        assertThat(ContractCheck.captured(number, columns, laterSource())).isEmpty();
    }

    @Test
    void uuidIsReadFromAColumnOfUuidsOnly() {
        ModelContract contract = ModelContract.parse(SmallContract.changed(
                SmallContract.CLASSES, changed -> ((ObjectNode) changed.at("/features/3")).put("sql", "uuid")));
        Map<String, String> columns = laterSource();
        columns.put("code", "uuid");

        assertThat(ContractCheck.source(contract, columns)).isEmpty();
        assertThat(ContractCheck.source(contract, laterSource()))
                .containsExactly(new Violation("shop.customer", "code", "a uuid", "USER-DEFINED public.code"));
    }
}
