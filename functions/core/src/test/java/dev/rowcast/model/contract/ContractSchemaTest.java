package dev.rowcast.model.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rowcast.model.ShippedModel;
import dev.rowcast.model.SmallContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema that the trainer publishes and the parser that the functions have are two readings of one contract: what
/// the schema refuses the parser refuses too.
class ContractSchemaTest {

    private static final Path SCHEMA = Path.of("../../trainer-notebook/contract.schema.json");
    private static final JsonMapper JSON = new JsonMapper();

    /// One of each type of JSON, and numbers at the borders of what is allowed somewhere.
    private static final List<String> VALUES = List.of(
            "null", "true", "-1", "0", "1", "2", "0.5", "1.5", "\"\"", "\"x\"", "[]", "[7]", "[\"x\",\"x\"]", "{}");

    private static Schema schema;
    private static ObjectNode committed;

    @BeforeAll
    static void read() throws Exception {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
        committed = (ObjectNode) JSON.readTree(ShippedModel.contractText());
        // All golden rows are alike, and each value of each of them would be a mutant.
        ArrayNode golden = committed.withArray("golden");
        while (golden.size() > 1) {
            golden.remove(golden.size() - 1);
        }
        ((ObjectNode) golden.get(0)).putObject("row").put("tenure", 1);
    }

    @Test
    void contractOfTheCommittedModelKeepsTheSchema() {
        assertThat(refusals(committed)).isEmpty();
    }

    @Test
    void smallContractOfTheTestsKeepsTheSchema() throws Exception {
        assertThat(refusals(JSON.readTree(SmallContract.SMALL))).isEmpty();
        assertThat(refusals(JSON.readTree(SmallContract.PROVEN))).isEmpty();
        assertThat(refusals(JSON.readTree(SmallContract.CLASSES))).isEmpty();
        assertThat(refusals(JSON.readTree(SmallContract.NUMBER))).isEmpty();
    }

    @Test
    void whatTheSchemaRefusesTheParserRefuses() {
        List<Mutant> refused = mutants().stream().filter(ofSchema()).toList();

        assertThat(refused).hasSizeGreaterThan(400);
        assertThat(refused).filteredOn(ofParser().negate()).isEmpty();
    }

    static Stream<String> laterContracts() {
        return Stream.of(SmallContract.CLASSES, SmallContract.NUMBER);
    }

    @ParameterizedTest
    @MethodSource("laterContracts")
    void whatTheSchemaRefusesOfALaterContractTheParserRefuses(String contract) {
        List<Mutant> refused =
                mutants((ObjectNode) json(contract)).stream().filter(ofSchema()).toList();

        assertThat(refused).hasSizeGreaterThan(400);
        assertThat(refused).filteredOn(ofParser().negate()).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        /contract                     | "1.2"             | true
        /output/kind                  | "ordinal"         | true
        /output/threshold             | 0.5               | true
        /output/column                | 1                 | true
        /output/interval              | {"tensor":"i","coverage":0.9} | true
        /label/classes                | ["a","b"]         | true
        /label/classes                | ["a","b","b"]     | true
        /label/classes/0              | ""                | true
        /output/histogram/counts      | [5,2]             | false
        /golden/0/probabilities       | [0.5,0.5]         | true
        /golden/0/probabilities       | [0.2,0.3,0.4,0.1] | false
        /golden/0/probabilities/0     | 1.2               | true
        /golden/0/label               | "nobody"          | false
        /features/0/part              | "year"            | true
        /features/0/since             | "2000-1-1"        | true
        /features/0/since             | "2000-02-30"      | false
        /features/0/zone              | "Mars/Olympus"    | false
        /features/0/zone              | "+02:00"          | false
        /features/0/sql               | "timestamp"       | true
        /features/0/sql               | "double precision" | true
        /features/0/type              | "category"        | true
        /features/0/column            | ""                | true
        /features/0/column            | "born"            | false
        /features/0/column            | "ends_probabilities" | false
        /features/1/since             | "2000-01-01"      | true
        /features/2/part              | "hour"            | true
        /features/2/zone              | "UTC"             | true
        /features/3/part              | "month"           | true
        /features/3/sql               | "varchar(0)"      | true
        /features/4/since             | "2000-01-01"      | true
        /source/key_type              | ["varchar"]       | true
        """)
    void wrongValueOfALaterContractIsRefused(String pointer, String value, boolean bySchema) {
        ObjectNode document = (ObjectNode) json(SmallContract.CLASSES);
        put(document, pointer, value);
        Mutant mutant = new Mutant(pointer, document);

        assertThat(ofParser().test(mutant)).as("by the parser").isTrue();
        assertThat(ofSchema().test(mutant)).as("by the schema").isEqualTo(bySchema);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        /output/threshold             | 0.5     | true
        /output/column                | 0       | true
        /output/unit                  | ""      | true
        /output/interval/coverage     | 1       | true
        /output/interval/coverage     | 0       | true
        /output/interval/tensor       | "value" | false
        /output/histogram/edges       | [0,1]   | false
        /golden/0/value               | "much"  | true
        /golden/0/lower               | null    | true
        /training/metrics/r2          | "good"  | true
        /features/4/name              | "price_upper" | false
        """)
    void wrongValueOfAContractWithANumberIsRefused(String pointer, String value, boolean bySchema) {
        ObjectNode document = (ObjectNode) json(SmallContract.NUMBER);
        put(document, pointer, value);
        Mutant mutant = new Mutant(pointer, document);

        assertThat(ofParser().test(mutant)).as("by the parser").isTrue();
        assertThat(ofSchema().test(mutant)).as("by the schema").isEqualTo(bySchema);
    }

    @Test
    void fieldOfAnotherKindIsIgnoredByBoth() {
        ObjectNode binary = (ObjectNode) json(SmallContract.PROVEN);
        binary.withObject("/label").put("classes", 5);
        binary.withObject("/output").put("unit", "").put("interval", 5);
        ((ObjectNode) binary.at("/golden/0")).put("value", "much").put("probabilities", 5);
        ObjectNode number = (ObjectNode) json(SmallContract.NUMBER);
        number.withObject("/label").put("positive", 5).put("classes", 5);
        ((ObjectNode) number.at("/golden/0")).put("label", 5).put("probability", 5);

        for (ObjectNode contract : List.of(binary, number)) {
            assertThat(refusals(contract)).isEmpty();
            assertThatCode(() -> ModelContract.parse(contract.toString())).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"varchar(20)", "char(2)", "date", "text", "uuid", "bigint"})
    void everyTypeOfAKeyIsReadByBoth(String type) {
        ObjectNode document = (ObjectNode) json(SmallContract.NUMBER);
        document.withObject("/source").putArray("key_type").add(type);

        assertThat(refusals(document)).isEmpty();
        assertThatCode(() -> ModelContract.parse(document.toString())).doesNotThrowAnyException();
    }

    /// What the parser refuses beyond the schema, each for a reason:
    ///
    /// - a text that is blank names nothing; the schema asks for a character, or for none;
    /// - the counts of a histogram are as many as categories or bins, which no schema can say;
    /// - edges rise, which no schema can say.
    ///
    /// More of them, which need values that fit elsewhere, are in the next test.
    @Test
    void whereTheParserIsStricterThanTheSchemaIsKnown() {
        assertThat(mutants())
                .filteredOn(ofParser().and(ofSchema().negate()))
                .extracting(Mutant::toString)
                .containsExactlyInAnyOrder(STRICTER);
    }

    private static final String[] STRICTER = {
        "/label/positive = \"\"",
        "/label/negative = \"\"",
        "/training/data = \"\"",
        "/training/licence = \"\"",
        "/features/0/histogram/counts = [7]",
        "/features/1/histogram/edges/0 = 1",
        "/features/1/histogram/edges/0 = 1.5",
        "/features/1/histogram/edges/0 = 2",
        "/output/histogram/edges/0 = 1",
        "/output/histogram/edges/0 = 1.5",
        "/output/histogram/edges/0 = 2"
    };

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        /contract                     | "2.0"       | true
        /contract                     | "0.9"       | true
        /contract                     | "01.0"      | true
        /contract                     | "1"         | true
        /contract                     | "1.0.0"     | true
        /contract                     | "1.12345"   | false
        /model/version                | "churn-12"  | true
        /model/version                | "churn-0123456789AB" | true
        /source/table                 | " "         | false
        /source/key_type              | ["money"]   | true
        /source/key_type              | ["boolean"] | true
        /source/key_type              | ["real"]    | true
        /source/key_type              | ["text","text"] | false
        /features/0/sql               | "bigint"    | false
        /features/1/sql               | "text"      | false
        /features/1/sql               | "numeric(0,2)" | true
        /features/1/sql               | "numeric(10,2); DROP TABLE x" | true
        /features/0/type              | "Category"  | true
        /features/0/missing           | "drop"      | true
        /features/0/categories        | ["a","a"]   | true
        /features/0/histogram/counts  | [1]         | false
        /features/0/histogram/counts  | [1.5,2]     | true
        /features/0/histogram/counts  | [1.0,2]     | false
        /features/1/categories        | ["a"]       | true
        /features/1/histogram/edges   | [1]         | true
        /features/1/histogram/edges   | [2,1]       | false
        /output/histogram/edges       | [0,0.5,1]   | false
        /features/1/histogram/counts  | []          | true
        /features/1/name              | "gender"    | false
        /training/digest              | "sha256:12" | true
        /output/threshold             | 1           | true
        /parity/tolerance             | 0           | true
        /model/digest                 | "sha256:12" | true
        /golden                       | []          | true
        /golden/0/row                 | {}          | true
        /golden/0/probability         | 1.73        | true
        /golden/0/probability         | -0.1        | true
        /golden/0/label               | ""          | true
        /golden/0/label               | " "         | false
        /label/negative               | "Yes"       | false
        /features/1/name              | "deleted"   | false
        """)
    void wrongValueIsRefusedByTheParserAndWhereItCanByTheSchema(String pointer, String value, boolean bySchema) {
        Mutant mutant = put(pointer, value);

        assertThat(ofParser().test(mutant)).as("by the parser").isTrue();
        assertThat(ofSchema().test(mutant)).as("by the schema").isEqualTo(bySchema);
    }

    @Test
    void whatNobodyKnowsYetIsReadByBoth() {
        Mutant later = mutant("later", document -> {
            document.put("contract", "1.9").put("new", 1);
            document.withObject("/model").put("new", "text");
        });

        assertThat(ofSchema().test(later)).isFalse();
        assertThatCode(() -> ModelContract.parse(later.document().toString())).doesNotThrowAnyException();
    }

    /// A contract with something changed.
    private record Mutant(String change, JsonNode document) {
        @Override
        public String toString() {
            return change;
        }
    }

    private static Predicate<Mutant> ofSchema() {
        return mutant -> !refusals(mutant.document()).isEmpty();
    }

    private static Predicate<Mutant> ofParser() {
        return mutant -> {
            try {
                ModelContract.parse(mutant.document().toString());
                return false;
            } catch (ContractException refused) {
                return true;
            }
        };
    }

    private static List<Error> refusals(JsonNode contract) {
        return schema.validate(contract);
    }

    /// Every property and the first element of every list: removed, and with each value that is not the one it has.
    private static List<Mutant> mutants() {
        return mutants(small());
    }

    private static List<Mutant> mutants(ObjectNode contract) {
        List<Mutant> mutants = new ArrayList<>();
        for (String pointer : pointers(contract, "")) {
            if (!pointer.matches(".*/\\d+")) {
                ObjectNode without = contract.deepCopy();
                remove(without, pointer);
                mutants.add(new Mutant(pointer + " removed", without));
            }
            for (String value : VALUES) {
                ObjectNode other = contract.deepCopy();
                put(other, pointer, value);
                mutants.add(new Mutant(pointer + " = " + value, other));
            }
        }
        return mutants;
    }

    private static List<String> pointers(JsonNode node, String path) {
        List<String> pointers = new ArrayList<>();
        node.properties().forEach(field -> {
            pointers.add(path + "/" + field.getKey());
            pointers.addAll(pointers(field.getValue(), path + "/" + field.getKey()));
        });
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            if (node.get(i).isObject() || i == 0) {
                pointers.add(path + "/" + i);
                pointers.addAll(pointers(node.get(i), path + "/" + i));
            }
        }
        return pointers;
    }

    /// The committed contract with one category, one number, and every optional property.
    private static ObjectNode small() {
        ObjectNode document = committed.deepCopy();
        ObjectNode category = feature("category").put("sql", "text");
        category.set("categories", json("[\"a\",\"b\"]"));
        category.set("histogram", json("{\"counts\":[1,2],\"missing\":0}"));
        ObjectNode number = feature("number").put("sql", "integer");
        number.set("histogram", json("{\"edges\":[0,1],\"counts\":[3],\"missing\":0}"));
        document.putArray("features").add(category).add(number);
        document.withObject("/output").set("histogram", json("{\"edges\":[0,1],\"counts\":[3]}"));
        document.withObject("/source").putArray("key_type").add("text");
        return document;
    }

    private static ObjectNode feature(String type) {
        return committed
                .path("features")
                .valueStream()
                .filter(feature -> feature.path("type").asText().equals(type))
                .findFirst()
                .map(feature -> (ObjectNode) feature.deepCopy())
                .orElseThrow();
    }

    private static Mutant mutant(String change, Consumer<ObjectNode> changing) {
        ObjectNode document = small();
        changing.accept(document);
        return new Mutant(change, document);
    }

    private static Mutant put(String pointer, String value) {
        return mutant(pointer + " = " + value, document -> put(document, pointer, value));
    }

    private static void put(ObjectNode document, String pointer, String value) {
        JsonNode parent = document.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        JsonNode node = json(value);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), node);
        } else {
            ((ObjectNode) parent).set(last, node);
        }
    }

    private static void remove(ObjectNode document, String pointer) {
        ((ObjectNode) document.at(pointer.substring(0, pointer.lastIndexOf('/'))))
                .remove(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    private static JsonNode json(String value) {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }
}
