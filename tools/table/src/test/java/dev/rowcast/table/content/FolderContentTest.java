package dev.rowcast.table.content;

import static dev.rowcast.table.StrangeContracts.LOAN;
import static dev.rowcast.table.StrangeContracts.strange;
import static dev.rowcast.table.StrangeContracts.tables;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.name.TableName;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FolderContentTest {

    private static final TableName NAME = new TableName("shop");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void strangeNamesGiveValidYaml() throws IOException {
        for (Map.Entry<String, byte[]> file : files(strange()).entrySet()) {
            if (file.getKey().endsWith(".yaml")) {
                assertThat(documents(file.getValue()))
                        .as(file.getKey())
                        .isNotEmpty()
                        .allMatch(JsonNode::isObject);
            }
        }
        JsonNode config =
                documents(files(strange()).get("connector.yaml")).getFirst().at("/spec/config");
        assertThat(config.path("table.include.list").asText())
                .isEqualTo(
                        "(?-i)Verkauf\\x27s\\x20\\x28neu\\x29\\.Bestellungen\\x3a\\x20\\x22\\x7balle\\x7d\\x22\\x2c\\x20100\\x25\\x20\\x231,"
                                + "(?-i)Verkauf\\x27s\\x20\\x28neu\\x29\\.Bestellungen_\\x24\\x7bx\\x3ay\\x7d");
        assertThat(config.path("slot.name").asText()).isEqualTo("rowcast_shop");
    }

    @Test
    void strangeNamesGiveValidIndexTemplates() throws IOException {
        JsonNode properties = template(strange(), "rowcast-verkauf_s__neu_.bestellungen___x_y_-shop");

        assertThat(properties.at("/Kunde,Nr/type").asText()).isEqualTo("keyword");
        assertThat(properties.path("Größe, \"m²\" {{name}} $1 \\").path("type").asText())
                .isEqualTo("integer");
        assertThat(properties.path("Rück\"läufer_probability").path("type").asText())
                .isEqualTo("double");
        assertThat(properties.has("a.b"))
                .as("a point would make an object of it")
                .isFalse();
        assertThat(properties.has("_id")).as("a field of Elasticsearch").isFalse();
        assertThat(properties.at("/rowcast/properties/epoch/type").asText())
                .as("the indexer's own field")
                .isEqualTo("short");
    }

    @Test
    void columnsOfTheExampleHaveTheTypesOfItsTable() throws IOException {
        JsonNode captured = template(LOAN, "rowcast-loan_application_captured");

        assertThat(captured.at("/id/type").asText()).isEqualTo("long");
        assertThat(captured.at("/income/type").asText()).isEqualTo("integer");
        assertThat(captured.at("/home/ignore_above").asInt()).isEqualTo(1024);
        assertThat(captured.at("/previous/enabled").asBoolean(true)).isFalse();
        assertThat(captured.at("/source_lsn/type").asText()).isEqualTo("long");
        assertThat(captured.at("/deleted/type").asText()).isEqualTo("boolean");
        assertThat(template(LOAN, "rowcast-loan_application").has("status_probability"))
                .isFalse();
    }

    @Test
    void probabilitiesOfSeveralLabelsAreAnObjectOfNumbers() throws IOException {
        ModelContract contract = output(
                LOAN,
                new Output.Multiclass(
                        "probabilities",
                        "probability of a fruit",
                        List.of("apple", "pear", "fig"),
                        List.of(1L, 2L, 3L)));

        JsonNode captured = template(contract, "rowcast-loan_application_captured");

        assertThat(captured.at("/status_prediction/type").asText()).isEqualTo("keyword");
        assertThat(captured.at("/status_probabilities/properties/fig/type").asText())
                .isEqualTo("double");
        assertThat(captured.has("status_threshold")).isFalse();
        assertThat(settings(contract, "shop.properties"))
                .containsEntry("captured.json", "status_probabilities,previous");
    }

    @Test
    void labelThatNoFieldCanHaveLeavesTheProbabilitiesUnsearchable() throws IOException {
        ModelContract contract = output(
                LOAN,
                new Output.Multiclass(
                        "probabilities", "probability of a size", List.of("0.5", "1", "2"), List.of(1L, 2L, 3L)));

        assertThat(template(contract, "rowcast-loan_application_captured")
                        .at("/status_probabilities/enabled")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void numberIsPredictedAndLabelledAsANumber() throws IOException {
        ModelContract contract = output(
                LOAN,
                new Output.Regression(
                        "value",
                        "price",
                        Optional.of("EUR"),
                        ((Output.Binary) LOAN.output()).histogram(),
                        Optional.empty()));

        JsonNode captured = template(contract, "rowcast-loan_application_captured");

        assertThat(captured.at("/status_prediction/type").asText()).isEqualTo("double");
        assertThat(captured.at("/status/type").asText()).isEqualTo("double");
        assertThat(captured.has("status_probability")).isFalse();
    }

    @Test
    void settingsOfTheIndexerNameTheTablesAsTheyAre() throws IOException {
        Properties settings = settings(strange(), "shop.properties");

        assertThat(settings)
                .containsEntry("schema", "Verkauf's (neu)")
                .containsEntry("source.table", "Bestellungen: \"{alle}\", 100% #1")
                .containsEntry("captured.table", "Bestellungen_${x:y}")
                .containsEntry("key", "Kunde\\,Nr,日付\\\\")
                .containsEntry("captured.json", "previous")
                .doesNotContainKey("source.json");
    }

    @Test
    void tablesInTwoSchemasHaveAFileEach() throws IOException {
        ModelContract one = tables("sales", "orders", "orders_captured");
        ModelContract contract = new ModelContract(
                one.version(),
                one.model(),
                one.source(),
                new ModelContract.Captured("scores", "orders"),
                one.features(),
                one.label(),
                one.output(),
                one.training(),
                one.parity());

        assertThat(settings(contract, "shop.properties"))
                .containsEntry("schema", "sales")
                .containsEntry("source.index", "rowcast-sales.orders")
                .doesNotContainKey("captured.table");
        assertThat(settings(contract, "shop_captured.properties"))
                .containsEntry("schema", "scores")
                .containsEntry("captured.index", "rowcast-scores.orders");
        assertThat(new String(files(contract).get("kustomization.yaml"), UTF_8))
                .contains("- indexer-tables/shop.properties\n", "- indexer-tables/shop_captured.properties\n");
    }

    @Test
    void slotOfTheSchemaIsThatOfTheConnectorWhateverTheModelIsCalled() {
        SortedMap<String, byte[]> files = files(LOAN);

        assertThat(new String(files.get("schema.sql"), UTF_8))
                .contains("CREATE PUBLICATION \"rowcast_shop\"", "slot_name = 'rowcast_shop'")
                .doesNotContain("rowcast_loan'");
        assertThat(new String(files.get("connector.yaml"), UTF_8))
                .contains("slot.name: rowcast_shop\n", "publication.name: rowcast_shop\n");
    }

    @Test
    void kibanaReadsOneObjectPerLine() throws IOException {
        List<JsonNode> objects = savedObjects(strange());

        assertThat(objects)
                .extracting(object -> object.path("type").asText())
                .containsExactly("index-pattern", "index-pattern", "index-pattern", "dashboard");
        assertThat(objects.subList(0, 3))
                .allSatisfy(view ->
                        assertThat(view.at("/attributes/title").asText()).startsWith("rowcast-"));
        assertThat(objects.getLast().path("references"))
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(objects).anyMatch(object -> object.path("id").equals(reference.path("id"))));
    }

    @Test
    void boardFollowsTheKindOfTheOutput() throws IOException {
        assertThat(titles(LOAN))
                .contains("Mean probability", "Rows by predicted label", "Distribution", "Predictions over time")
                .doesNotContain("Mean prediction", "Labels over time");
        assertThat(titles(output(
                        LOAN,
                        new Output.Multiclass(
                                "probabilities",
                                "probability of a fruit",
                                List.of("apple", "pear", "fig"),
                                List.of(1L, 2L, 3L)))))
                .contains("Mean probability", "Rows by predicted label", "Labels over time")
                .doesNotContain("Predictions over time");
        assertThat(titles(output(
                        LOAN,
                        new Output.Regression(
                                "value",
                                "price",
                                Optional.of("EUR"),
                                ((Output.Binary) LOAN.output()).histogram(),
                                Optional.empty()))))
                .contains("Mean prediction", "Largest prediction", "Distribution", "Predictions over time")
                .doesNotContain("Rows by predicted label");
    }

    private static List<String> titles(ModelContract contract) throws IOException {
        List<String> titles = new ArrayList<>();
        for (JsonNode panel : JSON.readTree(
                savedObjects(contract).getLast().at("/attributes/panelsJSON").asText())) {
            titles.add(panel.at("/embeddableConfig/title").asText());
        }
        return titles;
    }

    private static List<JsonNode> savedObjects(ModelContract contract) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line :
                new String(files(contract).get("kibana.ndjson"), UTF_8).lines().toList()) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }

    @Test
    void randomNamesGiveFilesThatTheirReadersUnderstand() throws IOException {
        Random random = new Random(1);
        int accepted = 0;
        for (int i = 0; i < 200; i++) {
            ModelContract contract = tables(name(random), name(random), name(random));
            SortedMap<String, byte[]> files;
            try {
                files = files(contract);
            } catch (ContractException collision) {
                continue;
            }
            accepted++;
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (file.getKey().endsWith(".yaml")) {
                    assertThat(documents(file.getValue())).as(file.getKey()).allMatch(JsonNode::isObject);
                } else if (file.getKey().endsWith(".json")) {
                    assertThat(JSON.readTree(file.getValue())).isNotEmpty();
                }
            }
            String list = documents(files.get("connector.yaml"))
                    .getFirst()
                    .at("/spec/config/table.include.list")
                    .asText();
            assertThat(Pattern.compile(list.split(",", -1)[0], Pattern.CASE_INSENSITIVE)
                            .matcher(contract.source().schema() + "."
                                    + contract.source().table()))
                    .as(list)
                    .matches(Matcher::matches);
            assertThat(settings(contract, "shop.properties"))
                    .containsEntry("schema", contract.source().schema())
                    .containsEntry("captured.table", contract.captured().table());
        }
        assertThat(accepted).isGreaterThan(100);
    }

    /// A name of one to twelve characters, of all that Postgres allows in one.
    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int length = 1 + random.nextInt(12); length > 0; length--) {
            int character = random.nextInt(4) == 0 ? random.nextInt(0x20000) : random.nextInt(0x80);
            boolean isAllowed = Character.isDefined(character)
                    && !Character.isISOControl(character)
                    && Character.getType(character) != Character.SURROGATE
                    && Character.getType(character) != Character.UNASSIGNED;
            name.appendCodePoint(isAllowed ? character : 'x');
        }
        return name.toString();
    }

    private static ModelContract output(ModelContract contract, Output output) {
        return new ModelContract(
                contract.version(),
                contract.model(),
                contract.source(),
                contract.captured(),
                contract.features(),
                contract.label(),
                output,
                contract.training(),
                contract.parity());
    }

    private static SortedMap<String, byte[]> files(ModelContract contract) {
        return FolderContent.of(contract, NAME, "examples/shop", ServerAddress.OF_THE_CLUSTER, Optional.empty());
    }

    private static JsonNode template(ModelContract contract, String index) throws IOException {
        JsonNode template = JSON.readTree(files(contract).get("index-templates/" + index + ".json"));
        assertThat(template.at("/index_patterns/0").asText()).isEqualTo(index);
        return template.at("/template/mappings/properties");
    }

    private static Properties settings(ModelContract contract, String file) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(new String(files(contract).get("indexer-tables/" + file), UTF_8)));
        return settings;
    }

    private static List<JsonNode> documents(byte[] yaml) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (var found = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            found.forEachRemaining(documents::add);
        }
        return documents;
    }
}
