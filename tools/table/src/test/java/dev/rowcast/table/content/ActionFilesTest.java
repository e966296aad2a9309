package dev.rowcast.table.content;

import static dev.rowcast.table.StrangeContracts.LOAN;
import static dev.rowcast.table.StrangeContracts.strange;
import static dev.rowcast.table.StrangeContracts.tables;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.action.RuleRequest;
import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.name.TableName;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of a table with an action.
class ActionFilesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final TableName NAME = new TableName("shop-2");
    private static final Map<String, String> THRESHOLD = Map.of("ACTION", "threshold", "THRESHOLD", "0.60");

    @Test
    void actionReadsTheCapturedTableAndItsEventsReachTheIndexer() throws IOException {
        Map<String, JsonNode> resources = resources(files(LOAN, THRESHOLD));
        JsonNode action = resources.get("KafkaSource retention-shop-2").path("spec");
        JsonNode indexer = resources.get("KafkaSource indexer-shop-2").path("spec");
        String events =
                resources.get("KafkaTopic shop-2-events").at("/spec/topicName").asText();

        assertThat(events).isEqualTo("churn.events.shop_2_case");
        assertThat(texts(action.path("topics")))
                .containsExactly(resources
                        .get("KafkaTopic shop-2-captured")
                        .at("/spec/topicName")
                        .asText());
        assertThat(texts(indexer.path("topics"))).hasSize(3).contains(events);
        assertThat(action.at("/sink/ref/name").asText()).isEqualTo("retention-shop-2");
        assertThat(action.path("delivery")).isEqualTo(indexer.path("delivery"));
        for (String source : List.of("predictor", "indexer", "retention")) {
            JsonNode spec = resources.get("KafkaSource " + source + "-shop-2").path("spec");
            JsonNode user = resources.get("KafkaUser source-" + source + "-shop-2");
            assertThat(names(user, "topic")).as(source).isEqualTo(texts(spec.path("topics")));
            assertThat(names(user, "group"))
                    .containsExactly(spec.path("consumerGroup").asText());
            assertThat(spec.at("/net/tls/cert/secretKeyRef/name").asText()).isEqualTo("source-" + source + "-shop-2");
        }
        assertThat(names(resources.get("KafkaUser operator-shop-2"), "topic")).contains(events);
    }

    @Test
    void functionIsTheShippedOneWithItsOwnSettings() throws IOException {
        SortedMap<String, byte[]> files = files(LOAN, THRESHOLD);
        JsonNode service = resources(files).get("Service retention-shop-2").path("spec");
        JsonNode shipped = documents(Files.readAllBytes(file("knative/service-retention.yaml")))
                .getFirst()
                .path("spec");

        assertThat(variables(service))
                .containsEntry("ROWCAST_ACTION_CAPTURED_TABLE", "loan_application_captured")
                .containsEntry("ROWCAST_ACTION_CAPTURED_KEY", "id")
                .containsEntry("ROWCAST_ACTION_CAPTURED_LABEL", "status")
                .containsEntry("ROWCAST_ACTION_RULE_KIND", "threshold")
                .containsEntry("ROWCAST_ACTION_RULE_THRESHOLD", "0.60")
                .containsEntry("ROWCAST_ACTION_CASES_TABLE", "shop_2_case")
                .containsEntry("ROWCAST_ACTION_EVENT_AGGREGATE", "shop_2_case")
                .containsEntry("ROWCAST_ACTION_EVENT_TYPE", "dev.rowcast.shop-2.case")
                .containsEntry("ROWCAST_ACTION_EVENT_SOURCE", "/rowcast/shop-2");
        assertThat(variables(service).keySet()).containsAll(variables(shipped).keySet());
        assertThat(without(service, "env", "name")).isEqualTo(without(shipped, "env", "name"));
        assertThat(text(files, "indexer-tables/shop-2.properties"))
                .contains("cases.type=dev.rowcast.shop-2.case\n", "cases.index=rowcast-shop_2_case\n");
        assertThat(text(files, "schema.sql")).contains("CREATE TABLE IF NOT EXISTS \"public\".\"shop_2_case\" (");
        assertThat(text(files, "README.md")).contains("ACTION=threshold THRESHOLD=0.60");
    }

    @Test
    void actionIsReachedByKnativeAndReachesPostgresAlone() throws IOException {
        Map<String, JsonNode> resources = resources(files(LOAN, THRESHOLD));

        for (String policy : List.of("", "-to-postgres")) {
            JsonNode predictor =
                    resources.get("NetworkPolicy predictor-shop-2" + policy).path("spec");
            JsonNode action =
                    resources.get("NetworkPolicy retention-shop-2" + policy).path("spec");
            assertThat(YAML.readTree(action.toString().replace("retention-shop-2", "predictor-shop-2")))
                    .isEqualTo(predictor);
        }
    }

    @Test
    void casesHaveTheKeyAndTheColumnsOfTheRuleInTheirIndex() throws IOException {
        SortedMap<String, byte[]> files = files(LOAN, THRESHOLD);
        JsonNode fields = YAML.readTree(files.get("index-templates/rowcast-shop_2_case.json"))
                .at("/template/mappings/properties");
        JsonNode shipped = YAML.readTree(
                        file("eck/index-templates/retention_case.json").toFile())
                .at("/template/mappings/properties");

        assertThat(fields.at("/id/type").asText()).isEqualTo("long");
        shipped.properties().stream()
                .filter(field -> !field.getKey().equals("customerid"))
                .forEach(field -> assertThat(fields.path(field.getKey()))
                        .as(field.getKey())
                        .isEqualTo(field.getValue()));
        assertThat(text(files, "kustomization.yaml"))
                .contains("  - action.yaml\n", "      - index-templates/rowcast-shop_2_case.json\n");
    }

    @Test
    void namesThatNeedQuotesAreSettingsAsTheyAre() throws IOException {
        ModelContract contract = tables("Verkauf's (neu): #1", "Kunden", "Kunden, \\alle");
        SortedMap<String, byte[]> files = files(contract, THRESHOLD);

        assertThat(variables(resources(files).get("Service retention-shop-2").path("spec")))
                .containsEntry("ROWCAST_ACTION_CAPTURED_SCHEMA", "Verkauf's (neu): #1")
                .containsEntry("ROWCAST_ACTION_CAPTURED_TABLE", "Kunden, \\alle")
                .containsEntry("ROWCAST_ACTION_CASES_SCHEMA", "Verkauf's (neu): #1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yes", "off", "null", "1", "a: b", "it's", " x"})
    void classThatYamlWouldReadAsAnotherValueIsAText(String category) throws IOException {
        Output output = new Output.Multiclass(
                "probabilities", "probability of a class", List.of("other", category, "third"), List.of(1L, 2L, 3L));
        ModelContract contract = new ModelContract(
                LOAN.version(),
                LOAN.model(),
                LOAN.source(),
                LOAN.captured(),
                LOAN.features(),
                LOAN.label(),
                output,
                LOAN.training(),
                LOAN.parity());
        RuleRequest rule =
                new RuleRequest("class", Optional.of(category), Optional.empty(), Optional.empty(), Optional.empty());
        SortedMap<String, byte[]> files = FolderContent.of(
                contract,
                NAME,
                "examples/shop",
                ServerAddress.OF_THE_CLUSTER,
                Optional.of(new Action(rule, NAME, contract)));

        JsonNode variables =
                resources(files).get("Service retention-shop-2").at("/spec/template/spec/containers/0/env");
        assertThat(variables)
                .filteredOn(variable -> variable.path("name").asText().equals("ROWCAST_ACTION_RULE_CLASS"))
                .singleElement()
                .satisfies(variable ->
                        assertThat(variable.path("value").isTextual()).isTrue())
                .satisfies(
                        variable -> assertThat(variable.path("value").asText()).isEqualTo(category));
    }

    @Test
    void nameThatNoSettingCanHaveIsRefused() {
        assertThatExceptionOfType(ContractException.class)
                .isThrownBy(() -> files(strange(), THRESHOLD))
                .withMessageContaining("no setting can have a $");
        assertThatExceptionOfType(ContractException.class)
                .isThrownBy(() -> files(tables("public", "shop_2_case", "scores"), THRESHOLD))
                .withMessageContaining("shop_2_case");
    }

    private static SortedMap<String, byte[]> files(ModelContract contract, Map<String, String> typed) {
        Action action = new Action(RuleRequest.of(typed).orElseThrow(), NAME, contract);
        return FolderContent.of(contract, NAME, "examples/shop", ServerAddress.OF_THE_CLUSTER, Optional.of(action));
    }

    private static Path file(String path) {
        return Checkout.find().resolve(path);
    }

    private static String text(SortedMap<String, byte[]> files, String file) {
        return new String(files.get(file), UTF_8);
    }

    /// Kind and name of each resource, and the resource.
    private static Map<String, JsonNode> resources(SortedMap<String, byte[]> files) throws IOException {
        Map<String, JsonNode> resources = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().endsWith(".yaml")) {
                documents(file.getValue())
                        .forEach(each -> resources.put(
                                each.path("kind").asText() + " "
                                        + each.at("/metadata/name").asText(),
                                each));
            }
        }
        return resources;
    }

    private static List<JsonNode> documents(byte[] yaml) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (var found = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            found.forEachRemaining(documents::add);
        }
        return documents;
    }

    private static Map<String, String> variables(JsonNode service) {
        Map<String, String> variables = new TreeMap<>();
        service.at("/template/spec/containers/0/env")
                .forEach(variable -> variables.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return variables;
    }

    private static JsonNode without(JsonNode service, String... fields) {
        JsonNode copy = service.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) copy.at("/template/spec/containers/0"))
                .remove(List.of(fields));
        return copy;
    }

    private static List<String> names(JsonNode user, String type) {
        List<String> names = new ArrayList<>();
        user.at("/spec/authorization/acls").forEach(right -> {
            if (right.at("/resource/type").asText().equals(type)) {
                names.add(right.at("/resource/name").asText());
            }
        });
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
