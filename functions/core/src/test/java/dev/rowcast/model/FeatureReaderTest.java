package dev.rowcast.model;

import static dev.rowcast.outcome.Steps.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureReaderTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String AT = "table shop.customer, column ";

    private final FeatureReader reader = new FeatureReader(SmallContract.small());

    private static Row row(String json) {
        try {
            return new Row((ObjectNode) JSON.readTree(json));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    private static Row rowWith(String column, String json) {
        Row row = row("{\"plan\":\"gold\",\"months\":2,\"senior\":\"1\",\"charges\":29.85}");
        row.columns().set(column, row("{\"value\":" + json + "}").columns().get("value"));
        return row;
    }

    private FeatureRow features(Row row) {
        Object read = resultOf(reader.read(row));
        assertThat(read).isInstanceOf(FeatureRow.class);
        return (FeatureRow) read;
    }

    @Test
    void featuresStandInTheOrderOfTheContractWhateverTheOrderOfTheRow() {
        Row row = row("{\"extra\":[],\"charges\":29.85,\"senior\":\"1\",\"months\":2,\"plan\":\"gold\"}");

        assertThat(features(row)).isEqualTo(new FeatureRow(new float[] {2f, 29.85f}, new String[] {"gold", "1"}));
    }

    @ParameterizedTest(name = "months {0} is {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            2,                     2
            -0.5,                  -0.5
            1e3,                   1000
            2.0000000000000000001, 2
            "2",                   2
            " 29.85 ",             29.85
            "+1.5e2",              150
            "7.",                  7
            16777217,              16777216
            """)
    void numberIsReadFromANumberOrFromItsText(String json, float expected) {
        assertThat(features(rowWith("months", json)).number(0)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "months {0} is no number")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "abc"      | "abc"
            "1,5"      | "1,5"
            "1 000"    | "1 000"
            "0x1p3"    | "0x1p3"
            "1f"       | "1f"
            "NaN"      | "NaN"
            "-Infinity" | "-Infinity"
            "1e390" | "1e390"
            1e39       | 1.0E39
            true       | true
            []         | a list
            {"a":1}    | an object
            """)
    void anythingElseIsNoNumberAndTheFeatureIsNamed(String json, String found) {
        assertThat(resultOf(reader.read(rowWith("months", json))))
                .isEqualTo(new Rejected(Reason.FEATURE_TYPE, AT + "months: expected a number, found " + found));
    }

    @Test
    void encodedDecimalIsRefusedWithTheSettingThatHelps() {
        assertThat(resultOf(reader.read(rowWith("charges", "\"C6k=\""))))
                .isEqualTo(new Rejected(
                        Reason.FEATURE_TYPE,
                        AT + "charges: expected a number, found \"C6k=\" (if this is an encoded decimal: set the"
                                + " connector's decimal.handling.mode to double or string)"));
    }

    @ParameterizedTest(name = "plan {0} is {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            "gold",      gold
            " gold ",    gold
            "platinum",  platinum
            "Gold",      Gold
            " platinum", ` platinum`
            """)
    void categoryIsTheTextAndOuterSpacesGoOnlyWhereThatMakesItKnown(String json, String expected) {
        assertThat(features(rowWith("plan", json)).category(0)).isEqualTo(expected);
    }

    @Test
    void categoryMayBeANumberOnlyWhereTheModelKnowsIt() {
        assertThat(features(rowWith("senior", "1")).category(1)).isEqualTo("1");
        assertThat(resultOf(reader.read(rowWith("senior", "2"))))
                .isEqualTo(new Rejected(Reason.FEATURE_TYPE, AT + "senior: expected a text, found 2"));
        assertThat(resultOf(reader.read(rowWith("plan", "1"))))
                .isEqualTo(new Rejected(Reason.FEATURE_TYPE, AT + "plan: expected a text, found 1"));
        assertThat(resultOf(reader.read(rowWith("plan", "true"))))
                .isEqualTo(new Rejected(Reason.FEATURE_TYPE, AT + "plan: expected a text, found true"));
        assertThat(resultOf(reader.read(rowWith("plan", "[\"gold\"]"))))
                .isEqualTo(new Rejected(Reason.FEATURE_TYPE, AT + "plan: expected a text, found a list"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"null", "\"\"", "\"  \""})
    void missingValueIsLeftToTheGraphWhereTheContractSaysSo(String json) {
        assertThat(features(rowWith("plan", json)).category(0)).isEmpty();
        assertThat(features(rowWith("charges", json)).number(1)).isNaN();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"null, null", "\"\", a blank", "\"  \", a blank"})
    void missingValueIsRejectedWhereTheContractSaysSo(String json, String kind) {
        assertThat(resultOf(reader.read(rowWith("months", json))))
                .isEqualTo(new Rejected(Reason.FEATURE_MISSING, AT + "months: expected a number, found " + kind));
        assertThat(resultOf(reader.read(rowWith("senior", json))))
                .isEqualTo(new Rejected(Reason.FEATURE_MISSING, AT + "senior: expected a text, found " + kind));
    }

    @ParameterizedTest
    @CsvSource({"plan, a text", "months, a number", "senior, a text", "charges, a number"})
    void columnThatIsNotThereIsNamedEvenWhereTheGraphWouldImpute(String column, String expected) {
        Row row = rowWith(column, "null");
        row.columns().remove(column);

        assertThat(resultOf(reader.read(row)))
                .isEqualTo(new Rejected(
                        Reason.FEATURE_MISSING, AT + column + ": expected " + expected + ", found nothing"));
    }

    @Property
    void decimalReadsTheSameAsNumberAndAsText(
            @ForAll @BigRange(min = "-100000000", max = "100000000") @Scale(6) BigDecimal number) {
        float expected = (float) number.doubleValue();

        assertThat(features(rowWith("months", number.toPlainString())).number(0))
                .isEqualTo(expected);
        assertThat(features(rowWith("months", "\"" + number.toPlainString() + "\""))
                        .number(0))
                .isEqualTo(expected);
    }

    @Property
    void noTextIsEverReadAsANumberThatIsNotFinite(@ForAll String text) {
        Row row = rowWith("months", "0");
        row.columns().put("months", text);

        switch (resultOf(reader.read(row))) {
            case FeatureRow features -> assertThat(features.number(0)).isFinite();
            case Rejected rejected -> assertThat(rejected.message()).startsWith(AT + "months: ");
            case Object other -> throw new AssertionError(other);
        }
    }

    @Test
    void featureRowNeverHoldsANull() {
        String[] categories = {"gold", null};

        assertThatThrownBy(() -> new FeatureRow(new float[] {1}, categories)).hasMessageContaining("never null");
    }

    @Test
    void featureRowDoesNotChangeWhenItsArraysDo() {
        String[] categories = {"gold"};
        float[] numbers = {1};
        FeatureRow row = new FeatureRow(numbers, categories);
        categories[0] = null;
        numbers[0] = 2;

        assertThat(row).isEqualTo(new FeatureRow(new float[] {1}, new String[] {"gold"}));
    }
}
