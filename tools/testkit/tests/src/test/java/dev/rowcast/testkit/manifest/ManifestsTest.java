package dev.rowcast.testkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {
    private static final Path CHECKOUT = Checkout.find().root();

    @TempDir
    Path copy;

    @Test
    void largestRecordOfATopicIsItsLimitOrOneMebibyte() {
        assertThat(Manifests.read(CHECKOUT).topics())
                .filteredOn(topic -> topic.name().startsWith("rowcast.dead-letters"))
                .extracting(KafkaTopicManifest::name, KafkaTopicManifest::largestRecord)
                .containsExactlyInAnyOrder(
                        tuple("rowcast.dead-letters", 6 * 1024 * 1024),
                        tuple("rowcast.dead-letters-sent", 1024 * 1024));
    }

    @Test
    void manifestsOfTheCheckoutAreRead() {
        Manifests manifests = Manifests.read(CHECKOUT);

        assertThat(manifests.topics())
                .extracting(KafkaTopicManifest::name)
                .contains(
                        "churn.public.person_churn_history",
                        "churn.public.person_churn_history_captured",
                        "rowcast.dead-letters");
        assertThat(manifests.connectors())
                .extracting(KafkaConnectorManifest::name)
                .containsExactly("churn", "outbox");
        assertThat(manifests.elasticsearchConfig()).containsKey("action.auto_create_index");
        assertThat(manifests.indexTemplates())
                .extracting(IndexTemplate::name)
                .contains("person_churn_history", "person_churn_history_captured", "retention_case");
        assertThat(manifests.services())
                .extracting(KnativeServiceManifest::name)
                .contains("predictor", "indexer", "retention");
        for (KafkaSourceManifest source : manifests.sources()) {
            assertThat(source.ordering()).isEqualTo("unordered");
            assertThat(source.initialOffset()).isEqualTo("earliest");
            assertThat(source.delivery().retries()).isPositive();
            assertThat(manifests.service(source).name()).isEqualTo(source.name());
            assertThat(manifests.deadLetterTopic(source)).isEqualTo("rowcast.dead-letters");
        }
    }

    @Test
    void indexerHasAFileOfTheShippedTableAndOfEachFolder() {
        Manifests manifests = Manifests.read(CHECKOUT, List.of("examples/loan"));

        assertThat(manifests.indexerTables())
                .extracting(IndexerTable::folder, IndexerTable::name)
                .containsExactly(tuple("knative", "churn.properties"), tuple("examples/loan", "loan.properties"));
        IndexerTable churn = manifests.indexerTables().getFirst();
        assertThat(churn.index("public", "person_churn_history")).contains("person_churn_history");
        assertThat(churn.index("public", "person_churn_history_captured")).contains("person_churn_history_captured");
        assertThat(churn.index("other", "person_churn_history")).isEmpty();
        assertThat(manifests.indexTemplates())
                .extracting(IndexTemplate::name)
                .containsAll(Stream.of("loan_application", "loan_application_captured")
                        .map(table -> manifests.indexerTables().getLast().index("public", table))
                        .map(Optional::orElseThrow)
                        .toList());
    }

    @Test
    void twoFoldersWithTheSameFileOfTheIndexerAreRefused() throws IOException {
        copyCheckout();
        Path folder = Files.createDirectories(copy.resolve("mine/indexer-tables"));
        Files.writeString(folder.resolve("churn.properties"), "");
        Files.writeString(
                copy.resolve("mine/kustomization.yaml"),
                "configMapGenerator: [{name: rowcast-indexer-tables, files: [indexer-tables/churn.properties]}]");

        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifests.read(copy, List.of("mine")))
                .withMessage("mine/indexer-tables/churn.properties is also in knative, and only one of them would reach"
                        + " the indexer");
    }

    @Test
    void writtenFolderHasTheFilesOfTheRunOnly() throws IOException {
        Files.writeString(copy.resolve("earlier.properties"), "");

        IndexerTable.write(List.of(new IndexerTable("mine", "mine.properties", "key=id")), copy);

        assertThat(copy).isDirectoryNotContaining("glob:**earlier*");
        assertThat(copy.resolve("mine.properties")).hasContent("key=id");
    }

    @Test
    void furtherFoldersAreReadAfterTheOthers() {
        Manifests manifests = Manifests.read(CHECKOUT, List.of("examples/loan"));

        assertThat(manifests.connectors())
                .extracting(KafkaConnectorManifest::name)
                .containsExactly("churn", "outbox", "loan");
        assertThat(manifests.services())
                .extracting(service -> service.name() + " is a " + service.function())
                .containsExactly(
                        "predictor is a predictor",
                        "indexer is a indexer",
                        "retention is a retention",
                        "predictor-loan is a predictor");
        assertThat(manifests.indexTemplates())
                .extracting(IndexTemplate::name)
                .contains("retention_case", "rowcast-loan_application", "rowcast-loan_application_captured");
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifests.read(CHECKOUT, List.of("examples/nothing")))
                .withMessage("examples/nothing/kustomization.yaml does not exist");
    }

    @Test
    void brokersAndWorkersHaveTheSettingsOfTheirManifests() {
        Manifests manifests = Manifests.read(CHECKOUT);

        assertThat(manifests.kafkaConfig()).containsEntry("auto.create.topics.enable", "false");
        assertThat(manifests.connect().workerConfig())
                .containsEntry("group.id", "rowcast.connect")
                .containsEntry("config.storage.topic", "rowcast.connect.configs")
                .containsEntry("offset.storage.topic", "rowcast.connect.offsets")
                .containsEntry("status.storage.topic", "rowcast.connect.status")
                .containsEntry("value.converter.schemas.enable", "false")
                .containsEntry("exactly.once.source.support", "disabled");
    }

    @Test
    void everySecretOfAFunctionIsAReference() {
        for (KnativeServiceManifest service : Manifests.read(CHECKOUT).services()) {
            assertThat(service.environment())
                    .filteredOn(variable -> variable.name().endsWith("PASSWORD"))
                    .isNotEmpty()
                    .allMatch(EnvironmentVariable.FromSecret.class::isInstance);
        }
    }

    @Test
    void connectorSettingsGoToConnectWithOnlyAddressesOverridden() {
        KafkaConnectorManifest connector = new KafkaConnectorManifest(
                "churn", "io.debezium.X", 1, Map.of("database.port", "5432", "slot.name", "rowcast_churn"));

        assertThat(connector.restConfig(Map.of("database.port", "6000")))
                .isEqualTo(Map.of(
                        "database.port", "6000",
                        "slot.name", "rowcast_churn",
                        "connector.class", "io.debezium.X",
                        "tasks.max", "1"));
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> connector.restConfig(Map.of("database.prot", "6000")))
                .withMessage("connector churn has no setting database.prot to override");
    }

    @Test
    void certificateOfAConnectorsUserStaysInTheCluster() {
        KafkaConnectorManifest loan =
                Manifests.read(CHECKOUT, List.of("examples/loan")).connectors().getLast();

        assertThat(loan.config()).containsKey("producer.override.ssl.keystore.key");
        assertThat(loan.restConfig(Map.of()))
                .containsKey("producer.override.max.request.size")
                .allSatisfy(
                        (setting, value) -> assertThat(setting + value).doesNotContain("ssl.keystore", "${secrets:"));
    }

    @Test
    void idleTimeIsTheStableWindowAndTheRetentionAfterIt() throws IOException {
        copyCheckout();
        replace(
                "knative/service-predictor.yaml",
                "autoscaling.knative.dev/window: 20s",
                "autoscaling.knative.dev/window: 1m30s\n"
                        + "        autoscaling.knative.dev/scale-to-zero-pod-retention-period: 5s");

        KnativeServiceManifest predictor = Manifests.read(copy).services().stream()
                .filter(service -> service.name().equals("predictor"))
                .findFirst()
                .orElseThrow();

        assertThat(predictor.scale().idle()).isEqualTo(Duration.ofSeconds(95));
    }

    /// @param text        of the manifest
    /// @param replacement what stands there instead
    /// @param message     the whole message; the dots stand for any text
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SOURCE  | backoffDelay: PT1S | backoffDelay: 300ms | SOURCE: spec.delivery.backoffDelay is "300ms", expected an ISO 8601 duration such as PT0.3S
        SOURCE  | backoffPolicy: linear | backoffPolicy: doubling | SOURCE: spec.delivery.backoffPolicy is "doubling", expected one of linear, exponential
        SOURCE  | ordering: | odering: | SOURCE: spec.odering is not a known field...
        SOURCE  | retry: 34 | retry: many | SOURCE: spec.delivery.retry is "many", expected a whole number, not negative
        SOURCE  | retry: 34 | retry: -1 | SOURCE: spec.delivery.retry is -1, expected a whole number, not negative
        SOURCE  | - churn.public.person_churn_history | - churn.public.person | KafkaSource predictor refers to topic churn.public.person, which no KafkaTopic declares
        SOURCE  | `        name: dead-letters` | `        name: dead-leters` | KafkaSource predictor refers to KafkaSink dead-leters, which is not declared
        SOURCE  | sources.knative.dev/v1 | sources.knative.dev/v2 | SOURCE: sources.knative.dev/v2 KafkaSource is not known here
        SOURCE  | kind: KafkaSink | kind: Service | SOURCE: spec.delivery.deadLetterSink.ref.kind is "Service", expected one of KafkaSink
        SERVICE | autoscaling.knative.dev/window: 20s | autoscaling.knative.dev/windows: 20s | SERVICE: autoscaling.knative.dev/windows is no annotation of the autoscaler...
        SERVICE | autoscaling.knative.dev/window: 20s | autoscaling.knative.dev/window: 3s | ...is "3s", expected 6s to 1h
        SERVICE | value: "true" | value: true | SERVICE: spec.template.spec.containers[0].env[...].value is true, expected a text
        SERVICE | containerPort: 8080 | containerPort: "8080" | SERVICE: spec.template.spec.containers[0].ports[0].containerPort is "8080", expected a whole number, not negative
        SERVICE | `          env:` | `          args: [--verbose]\n          env:` | ...does not support command, args and envFrom of a container
        SERVICE | containerConcurrency: 128 | containerConcurrency: [ | SERVICE: line ...
        strimzi/topics.yaml        | partitions: 6 | partitions: 0 | strimzi/topics.yaml: spec.partitions is 0, expected at least 1
        eck/elasticsearch.yaml     | nodeSets: | nodeSet: | eck/elasticsearch.yaml: spec.nodeSets is missing
        strimzi/connect.yaml       | groupId: | group: | strimzi/connect.yaml: spec.group is not a known field...
        strimzi/connect.yaml       | rowcast.connect.status | rowcast.connect.state | KafkaConnect rowcast refers to topic rowcast.connect.state, which no KafkaTopic declares
        strimzi/kustomization.yaml | `  - connect.yaml\n` | `` | strimzi declares 0 resources of kind KafkaConnect, expected 1
        knative/kustomization.yaml | - source-predictor.yaml | - source-predict.yaml | knative/source-predict.yaml does not exist
        """)
    void wrongManifestIsAnErrorOfOneLine(String file, String text, String replacement, String message)
            throws IOException {
        copyCheckout();
        replace(path(file), text, replacement);

        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifests.read(copy))
                .satisfies(e -> assertThat(e.getMessage()).matches(pattern(path(message))));
    }

    /// The text with the paths of the two manifests of the predictor.
    private static String path(String text) {
        return text.replace("SOURCE", "knative/source-predictor.yaml")
                .replace("SERVICE", "knative/service-predictor.yaml");
    }

    private static Pattern pattern(String message) {
        return Pattern.compile(
                Stream.of(message.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    @Test
    void sourceWithoutADeadLetterSinkIsRefused() throws IOException {
        copyCheckout();
        Path file = copy.resolve("knative/source-predictor.yaml");
        String text = Files.readString(file);
        int begin = text.indexOf("    deadLetterSink:");
        Files.writeString(file, text.substring(0, begin) + text.substring(text.indexOf("  sink:", begin)));

        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifests.read(copy))
                .withMessage("knative/source-predictor.yaml: spec.delivery.deadLetterSink is missing;"
                        + " without it KafkaSource drops what it cannot deliver");
    }

    private void replace(String file, String text, String replacement) throws IOException {
        Path path = copy.resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(text);
        Files.writeString(path, before.replace(text, replacement));
    }

    private void copyCheckout() throws IOException {
        for (String folder : List.of("strimzi", "knative", "eck")) {
            try (var files = Files.walk(CHECKOUT.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = copy.resolve(CHECKOUT.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.writeString(target, Files.readString(file));
                }
            }
        }
    }
}
