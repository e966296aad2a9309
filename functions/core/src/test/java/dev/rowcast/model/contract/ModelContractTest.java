package dev.rowcast.model.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.SmallContract;
import dev.rowcast.model.contract.Feature.Category;
import dev.rowcast.model.contract.Feature.CategoryHistogram;
import dev.rowcast.model.contract.Feature.Missing;
import dev.rowcast.model.contract.Feature.NumberHistogram;
import dev.rowcast.model.contract.Feature.Numeric;
import dev.rowcast.model.output.Histogram;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.sql.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelContractTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void contractIsReadFieldByField() {
        ModelContract contract = SmallContract.small();

        assertThat(contract.version()).isEqualTo("1.0");
        assertThat(contract.model()).isEqualTo(new ModelContract.Model("leave", "leave-0123456789ab"));
        assertThat(contract.source()).isEqualTo(new ModelContract.Source("shop", "customer", List.of("id")));
        assertThat(contract.captured()).isEqualTo(new ModelContract.Captured("shop", "customer_captured"));
        assertThat(contract.features())
                .startsWith(
                        new Category(
                                "plan",
                                Missing.IMPUTE,
                                List.of("gold", "silver"),
                                new CategoryHistogram(List.of(3L, 4L), 1)),
                        new Numeric(
                                "months",
                                Missing.REJECT,
                                new NumberHistogram(List.of(0.0, 1.5, 3.0), List.of(5L, 3L), 0)))
                .extracting(Feature::name)
                .containsExactly("plan", "months", "senior", "charges");
        assertThat(contract.label()).isEqualTo(new ModelContract.Label("leaves"));
        assertThat(contract.output())
                .isEqualTo(new Output.Binary(
                        "probabilities",
                        "probability that the customer leaves",
                        1,
                        "Yes",
                        "No",
                        0.25,
                        new Histogram(List.of(0.0, 0.5, 1.0), List.of(6L, 2L))));
        assertThat(contract.training())
                .isEqualTo(new ModelContract.Training(
                        "made up",
                        "none",
                        8,
                        "sha256:" + "0".repeat(64),
                        Map.of("roc_auc", 0.84, "roc_auc_sd", 0.01, "brier", 0.13)));
        assertThat(contract.parity()).isEqualTo(new ModelContract.Parity(2, "sha256:" + "0".repeat(64), 1e-6));
    }

    @Test
    void columnsOfWhichNoTypeIsSaidAreTextAndDoublePrecision() {
        ModelContract contract = SmallContract.small();

        assertThat(contract.source().keyTypes()).containsExactly(SqlType.TEXT);
        assertThat(contract.features())
                .extracting(feature -> feature.sql().name())
                .containsExactly("text", "double precision", "text", "double precision");
    }

    @Test
    void typesOfColumnsAreRead() {
        ModelContract contract = ModelContract.parse(SmallContract.changed(SmallContract.SMALL, document -> {
            document.put("contract", "1.1");
            document.withObject("/source").putArray("key_type").add("bigint");
            put(document, "/features/1/sql", "\"integer\"");
            put(document, "/features/2/sql", "\"smallint\"");
            put(document, "/features/3/sql", "\"numeric(10,2)\"");
        }));

        assertThat(contract.source().keyTypes()).containsExactly(new SqlType("bigint"));
        assertThat(contract.features())
                .extracting(feature -> feature.sql().name())
                .containsExactly("text", "integer", "smallint", "numeric(10,2)");
    }

    @Test
    void labelIsPositiveFromTheThresholdOn() {
        assertThat(SmallContract.small().binary().labelOf(0.25f)).isEqualTo("Yes");
        assertThat(SmallContract.small().binary().labelOf(Math.nextDown(0.25f))).isEqualTo("No");
    }

    @Test
    void laterMinorVersionAndFieldsNobodyKnowsAreRead() {
        String later = SmallContract.changed(
                SmallContract.PROVEN,
                contract -> contract.put("contract", "1.7").put("new", "field"));

        assertThat(ModelContract.parse(later).version()).isEqualTo("1.7");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        /contract                        | "2.0"      | contract: contract: major version 2 is not supported, only 1 is
        /contract                        | "one"      | contract: contract: expected a version such as 1.0, found "one"
        /contract                        | 1.0        | contract: contract: expected a text, found 1.0
        /model                           | []         | contract: model: expected an object, found []
        /model/version                   | ""         | contract: model.version: expected a text, found ""
        /source/key                      | []         | contract: source.key: needs at least one column
        /source/key                      | "id"       | contract: source.key: expected a list, found "id"
        /source/key                      | ["id","id"]| contract: source.key: column id occurs twice
        /source/key_type                 | []         | contract: source.key_type: expected one type for each of 1 columns of the key, found 0
        /source/key_type                 | ["serial"] | contract: source.key_type[0]: expected a SQL type such as text, bigint or numeric(10,2), found "serial"
        /source/key_type                 | null       | contract: source.key_type: is missing
        /features/1/sql                  | "float"    | contract: features[1].sql: expected a SQL type such as text, bigint or numeric(10,2), found "float"
        /features/1/sql                  | "integer)" | contract: features[1].sql: expected a SQL type such as text, bigint or numeric(10,2), found "integer)"
        /features/1/sql                  | "text"     | contract: features[1].sql: a number in a column of text needs contract version 1.3
        /features/0/sql                  | "integer"  | contract: features[0].sql: expected a type that holds a text, found "integer"
        /features/1/categories           | ["a"]      | contract: features[1].categories: a number has none
        /features/0/categories/1         | "gold"     | contract: features[0].categories: category gold occurs twice
        /model/version                   | "leave-1"  | contract: model.version: expected a name and 12 hexadecimal digits, such as churn-0123456789ab, found "leave-1"
        /training/digest                 | "sha256:0" | contract: training.digest: expected sha256: and 64 hexadecimal digits, found "sha256:0"
        /training/rows                   | 0          | contract: training.rows: expected a whole number from 1 to 2147483647, found 0
        /source/key/0                    | 7          | contract: source.key[0]: expected a text, found 7
        /features                        | []         | contract: features: needs at least one feature
        /features/1                      | 5          | contract: features[1]: expected an object, found 5
        /features/1/name                 | "plan"     | contract: features: feature plan occurs twice
        /features/1/type                 | "date"     | contract: features[1].type: feature months has the unknown type "date", known are category, number
        /features/0/missing              | "ignore"   | contract: features[0].missing: expected impute or reject, found "ignore"
        /features/0/categories           | []         | contract: features[0].categories: needs at least one category
        /features/0/categories           | ["gold"]   | contract: features[0].histogram.counts: expected one count for each of 1 categories, found 2
        /features/0/histogram/missing    | -1         | contract: features[0].histogram.missing: expected a whole number of 0 or more, found -1
        /features/0/histogram/counts/1   | 1.5        | contract: features[0].histogram.counts[1]: expected a whole number of 0 or more, found 1.5
        /features/1/histogram/edges      | [0, 1]     | contract: features[1].histogram: needs one edge more than counts, found 2 edges and 2 counts
        /features/1/histogram/edges/2    | 1.5        | contract: features[1].histogram.edges: edge 1.5 is not above 1.5
        /features/1/histogram/edges/2    | "3"        | contract: features[1].histogram.edges[2]: expected a finite number, found "3"
        /output/threshold                | 1.5        | contract: output.threshold: expected a probability between 0 and 1, found 1.5
        /output/column                   | 2          | contract: output.column: expected a whole number from 0 to 1, found 2
        /output/column                   | -1         | contract: output.column: expected a whole number of 0 or more, found -1
        /training/metrics/brier          | "good"     | contract: training.metrics.brier: expected a finite number, found "good"
        /parity/tolerance                | -1         | contract: parity.tolerance: expected more than 0, found -1.0
        """)
    void wrongFieldIsNamedInOneLine(String pointer, String value, String message) {
        String wrong = SmallContract.changed(SmallContract.SMALL, contract -> put(contract, pointer, value));

        assertThatThrownBy(() -> ModelContract.parse(wrong))
                .isInstanceOf(ContractException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> requiredFields() throws Exception {
        List<String> pointers = new ArrayList<>();
        collect(JSON.readTree(SmallContract.SMALL), "", pointers);
        return pointers.stream().map(Arguments::of);
    }

    private static void collect(JsonNode node, String path, List<String> pointers) {
        node.properties().forEach(field -> {
            String pointer = path + "/" + field.getKey();
            pointers.add(pointer);
            collect(field.getValue(), pointer, pointers);
        });
        if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            collect(node.get(0), path + "/0", pointers);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requiredFields")
    void missingFieldIsNamed(String pointer) {
        String path = pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        String without = SmallContract.changed(SmallContract.SMALL, contract -> remove(contract, pointer));
        String withNull = SmallContract.changed(SmallContract.SMALL, contract -> put(contract, pointer, "null"));

        assertThatThrownBy(() -> ModelContract.parse(without)).hasMessage("contract: " + path + ": is missing");
        assertThatThrownBy(() -> ModelContract.parse(withNull)).hasMessage("contract: " + path + ": is missing");
    }

    @Test
    void textThatIsNoJsonIsNamedSo() {
        assertThatThrownBy(() -> ModelContract.parse("{\"contract\":"))
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("contract: not JSON: ");
        assertThatThrownBy(() -> ModelContract.parse("")).hasMessage("contract: expected an object, found ");
        assertThatThrownBy(() -> ModelContract.parse("[]")).hasMessage("contract: expected an object, found []");
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedAsAContract(@ForAll String text) {
        assertThatCode(() -> {
                    try {
                        ModelContract.parse(text);
                    } catch (ContractException refused) {
                        assertThat(refused.getMessage()).startsWith("contract: ");
                    }
                })
                .doesNotThrowAnyException();
    }

    private static void put(ObjectNode document, String pointer, String value) {
        try {
            JsonNode parent = document.at(pointer.substring(0, pointer.lastIndexOf('/')));
            String last = pointer.substring(pointer.lastIndexOf('/') + 1);
            if (parent instanceof ArrayNode array) {
                array.set(Integer.parseInt(last), JSON.readTree(value));
            } else {
                ((ObjectNode) parent).set(last, JSON.readTree(value));
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    private static void remove(ObjectNode document, String pointer) {
        ((ObjectNode) document.at(pointer.substring(0, pointer.lastIndexOf('/'))))
                .remove(pointer.substring(pointer.lastIndexOf('/') + 1));
    }
}
