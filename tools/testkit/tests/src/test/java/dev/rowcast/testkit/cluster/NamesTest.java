package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// SQL, connectors, manifests, scripts, settings and documentation use the same names.
class NamesTest {

    private static final Path ROOT = Checkout.find().root();
    private static final String EXAMPLE = "examples/loan";
    private static final Set<String> FUNCTIONS = Set.of("predictor", "indexer", "retention", "predictor-loan");

    private static List<JsonNode> all;

    @BeforeAll
    static void read() throws IOException {
        all = new ArrayList<>(Rendered.folder(ROOT, "overlays/production"));
        all.addAll(Rendered.folder(ROOT, EXAMPLE));
    }

    @Test
    void connectorsReadOnlyPublicationsSlotsAndTablesOfTheSchema() throws IOException {
        // The output of make schema quotes names.
        String example = text(EXAMPLE + "/schema.sql").replace("\"", "");
        String publications = text("postgres/schema/40-publication.sql") + example;
        String slots = text("postgres/schema/50-slot.sql") + example;
        for (JsonNode connector : ofKind("KafkaConnector")) {
            JsonNode config = connector.at("/spec/config");
            String publication = config.path("publication.name").asText();
            assertThat(publications).contains("CREATE PUBLICATION " + publication + " WITH");
            assertThat(slots).contains("'" + config.path("slot.name").asText() + "'");
            String tables =
                    publications.replaceAll("(?s).*ALTER PUBLICATION " + publication + " SET TABLE([^;]*);.*", "$1");
            for (String table : config.path("table.include.list").asText().split(",", -1)) {
                assertThat(tables).contains(table.strip());
            }
        }
    }

    @Test
    void everyTopicThatAConnectorWritesIsDeclared() {
        Set<String> topics = topics();
        for (JsonNode connector : ofKind("KafkaConnector")) {
            JsonNode config = connector.at("/spec/config");
            String prefix = config.path("topic.prefix").asText();
            assertThat(topics).contains("__debezium-heartbeat." + prefix);
            if (config.has("transforms.route.route.topic.replacement")) {
                String replacement =
                        config.path("transforms.route.route.topic.replacement").asText();
                assertThat(topics).contains(replacement.replace("${routedByValue}", "retention_case"));
            } else {
                for (String table : config.path("table.include.list").asText().split(",", -1)) {
                    assertThat(topics).contains(prefix + "." + table.strip());
                }
            }
        }
    }

    @Test
    void everySourceTopicHasItsTable() throws IOException {
        String tables = text("postgres/schema/20-tables.sql")
                + text(EXAMPLE + "/schema.sql").replace("\"", "");
        for (String topic : Set.copyOf(sourceTopics())) {
            String name = topic.replaceAll(".*\\.", "");
            assertThat(tables).as(topic).contains("CREATE TABLE IF NOT EXISTS public." + name + " (");
        }
    }

    @Test
    void indicesHaveTheSameNamesInTemplatesRolesAndSettings() throws IOException {
        Set<String> templates = new TreeSet<>();
        for (JsonNode file :
                Rendered.file(ROOT.resolve("eck/kustomization.yaml")).getFirst().at("/configMapGenerator/0/files")) {
            String name = file.asText().replaceAll(".*/|\\.json", "");
            templates.add(name);
            assertThat(text("eck/" + file.asText())).contains("\"index_patterns\": [\"" + name + "\"]");
        }
        JsonNode roles = Rendered.file(ROOT.resolve("eck/roles.yml")).getFirst();
        assertThat(texts(roles.at("/rowcast_indexer/indices/0/names")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(templates.stream(), Stream.of("rowcast-*"))
                        .toList());
        for (String index : indicesOfTheExample()) {
            assertThat(index).startsWith("rowcast-");
            assertThat(text(EXAMPLE + "/index-templates/" + index + ".json"))
                    .contains("\"index_patterns\": [\"" + index + "\"]", "\"lifecycle.name\": \"rowcast\"");
        }
        JsonNode elasticsearch = ofKind("Elasticsearch").getFirst();
        for (String created : elasticsearch
                .at("/spec/nodeSets/0/config/action.auto_create_index")
                .asText()
                .split(",", -1)) {
            assertThat(templates)
                    .as("a document must not create one of them")
                    .noneMatch(template ->
                            template.matches(created.replace(".", "\\.").replace("*", ".*")));
        }
        Properties indexer = properties("knative/indexer-tables/churn.properties");
        assertThat(templates)
                .contains(
                        indexer.getProperty("source.index"),
                        indexer.getProperty("captured.index"),
                        indexer.getProperty("captured.history"));
        assertThat(text("eck/lifecycle/rowcast.json")).contains("policy");
        for (String template : templates) {
            assertThat(text("eck/index-templates/" + template + ".json")).contains("\"lifecycle.name\": \"rowcast\"");
        }
    }

    @Test
    void functionHasOneNameInModuleServiceImageSourceAndGroup() {
        assertThat(names("Service")).hasSameElementsAs(FUNCTIONS);
        assertThat(names("KafkaSource"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(FUNCTIONS.stream(), Stream.of("indexer-loan"))
                        .toList());
        for (JsonNode service : ofKind("Service")) {
            String name = name(service);
            // Another table has the same function: predictor-loan is a predictor.
            String function = name.replaceAll("-.*", "");
            assertThat(ROOT.resolve("functions/" + function + "/pom.xml")).exists();
            JsonNode container = service.at("/spec/template/spec/containers/0");
            assertThat(container.path("name").asText()).isEqualTo(name);
            assertThat(container.path("image").asText()).matches("(.*/)?rowcast/" + function + ":.*");
        }
        for (JsonNode source : ofKind("KafkaSource")) {
            // One indexer serves all tables; each table has a predictor of its own.
            assertThat(source.at("/spec/sink/ref/name").asText())
                    .isEqualTo(name(source).replaceAll("^indexer-.*", "indexer"));
            assertThat(source.at("/spec/consumerGroup").asText()).isEqualTo("rowcast." + name(source));
        }
    }

    @Test
    void everyVariableOfAServiceIsDocumentedOrBelongsToALibrary() throws IOException {
        String documented = text("docs/configuration.md");
        for (JsonNode service : ofKind("Service")) {
            for (JsonNode variable : service.at("/spec/template/spec/containers/0/env")) {
                String name = variable.path("name").asText();
                assertThat(documented).as(name(service)).contains("`" + name + "`");
            }
        }
    }

    @Test
    void replayHasTheSameLabelUserAndAddressEverywhere() throws IOException {
        JsonNode pod = named("CronJob", "kn-replay").at("/spec/jobTemplate/spec/template");
        JsonNode label = pod.at("/metadata/labels");
        JsonNode policy = named("NetworkPolicy", "kn-replay").path("spec");
        assertThat(label.toString()).isEqualTo("{\"app.kubernetes.io/name\":\"kn-replay\"}");
        assertThat(policy.at("/podSelector/matchLabels")).isEqualTo(label);
        JsonNode kafka = ofKind("Kafka").getFirst().at("/spec/kafka/listeners/0");
        assertThat(kafka.at("/networkPolicyPeers").findValues("matchLabels")).contains(label);
        assertThat(named("NetworkPolicy", "postgres").at("/spec/ingress/0/from").findValues("matchLabels"))
                .contains(label);
        assertThat(policy.at("/egress").findValuesAsText("port"))
                .containsExactly(kafka.path("port").asText(), "5432", "8081");
        assertThat(pod.findValuesAsText("secretName")).contains(name(named("KafkaUser", "operator")));

        Properties client = new Properties();
        client.load(new StringReader(
                named("ConfigMap", "kn-replay").at("/data/client.properties").asText()));
        assertThat(ofKind("KafkaSource")
                        .getFirst()
                        .at("/spec/bootstrapServers/0")
                        .asText())
                .isEqualTo(client.getProperty("bootstrap.servers"));
        List<String> mounts = pod.findValuesAsText("mountPath");
        for (String file : matches("(/etc/rowcast/[\\w-]+)[:/]", client.toString())) {
            assertThat(mounts).contains(file);
        }
        for (JsonNode variable : pod.at("/spec/containers/0/env")) {
            String name = variable.path("name").asText();
            assertThat(text("docs/kn-replay.md") + text("docs/configuration.md"))
                    .contains(name);
        }
    }

    @Test
    void indexerMountsTheConfigMapOfAllTablesWhereItReadsThem() throws IOException {
        JsonNode pod = named("Service", "indexer").at("/spec/template/spec");
        assertThat(pod.at("/volumes").findValues("configMap"))
                .singleElement()
                .hasToString("{\"name\":\"rowcast-indexer-tables\",\"optional\":true}");
        assertThat(pod.findValuesAsText("mountPath")).contains("/etc/rowcast/tables");
        assertThat(text("functions/indexer/src/main/java/dev/rowcast/indexer/IndexerSettings.java"))
                .contains("@WithDefault(\"/etc/rowcast/tables\")");
        assertThat(all)
                .filteredOn(document -> name(document).equals("rowcast-indexer-tables"))
                .extracting(document -> document.path("data").fieldNames().next())
                .as("each folder adds its own file")
                .containsExactlyInAnyOrder("churn.properties", "loan.properties");
        assertThat(text("docs/configuration.md"))
                .contains(text("knative/indexer-tables/churn.properties")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> "    " + line + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void servicesListenWhereQuarkusDoes() {
        for (JsonNode service : ofKind("Service")) {
            assertThat(service.at("/spec/template/spec/containers/0/ports/0/containerPort")
                            .asInt())
                    .isEqualTo(8080);
        }
    }

    @Test
    void eachSourceMayReadItsTopicsAndItsGroupAndNothingElse() {
        for (JsonNode source : ofKind("KafkaSource")) {
            JsonNode user = named("KafkaUser", "source-" + name(source));
            assertThat(resources(user, "topic")).hasSameElementsAs(texts(source.at("/spec/topics")));
            assertThat(resources(user, "group"))
                    .containsExactly(source.at("/spec/consumerGroup").asText());
            assertThat(user.findValues("operations").stream().flatMap(each -> texts(each).stream()))
                    .containsOnly("Read", "Describe");
            for (String part : List.of("cert", "key")) {
                assertThat(source.at("/spec/net/tls/" + part + "/secretKeyRef/name")
                                .asText())
                        .isEqualTo(name(user));
            }
        }
        JsonNode sink = ofKind("KafkaSink").getFirst();
        assertThat(resources(named("KafkaUser", "sink-" + name(sink)), "topic"))
                .containsExactly(sink.at("/spec/topic").asText());
    }

    /// Knative ignores other annotations, such as the older ones of KEDA, without an error.
    @Test
    void sourcesHaveTheAnnotationsThatKnativeReads() {
        for (JsonNode source : ofKind("KafkaSource")) {
            JsonNode annotations = source.at("/metadata/annotations");
            assertThat(annotations.fieldNames())
                    .toIterable()
                    .extracting(name -> name.replace("autoscaling.eventing.knative.dev/", ""))
                    .containsExactlyInAnyOrder(
                            "class", "min-scale", "max-scale", "polling-interval", "cooldown-period", "lag-threshold");
            assertThat(annotations
                            .path("autoscaling.eventing.knative.dev/class")
                            .asText())
                    .isEqualTo("keda.autoscaling.knative.dev");
        }
    }

    @Test
    void connectorOfAnotherTableDiffersOnlyInNames() {
        Set<String> names = Set.of(
                "slot.name", "publication.name", "topic.prefix", "table.include.list", "notification.sink.topic.name");
        Set<String> ownUser = Set.of(
                "producer.override.ssl.keystore.type",
                "producer.override.ssl.keystore.certificate.chain",
                "producer.override.ssl.keystore.key");
        JsonNode first = named("KafkaConnector", "churn").at("/spec/config");
        JsonNode other = named("KafkaConnector", "loan").at("/spec/config");
        first.properties().forEach(setting -> {
            JsonNode same = other.path(setting.getKey());
            assertThat(same.equals(setting.getValue()))
                    .as(setting.getKey())
                    .isEqualTo(!names.contains(setting.getKey()));
        });
        assertThat(other.properties().stream().map(Map.Entry::getKey).filter(setting -> !first.has(setting)))
                .hasSameElementsAs(ownUser);
    }

    @Test
    void modelOfAnotherTableIsCopiedIntoTheImage() throws IOException {
        assertThat(text("scripts/images"))
                .contains("cp trainer-notebook/model/churn.onnx examples/*/*.onnx \"$context/image/model/\"");
        for (JsonNode variable : named("Service", "predictor-loan").at("/spec/template/spec/containers/0/env")) {
            if (variable.path("name").asText().equals("ROWCAST_MODEL_FILE")) {
                assertThat(ROOT.resolve(EXAMPLE)
                                .resolve(variable.path("value").asText().replaceFirst("^model/", "")))
                        .isReadable();
                return;
            }
        }
        throw new AssertionError("no ROWCAST_MODEL_FILE");
    }

    @Test
    void eachPredictorIsReachedByKnativeAndReachesPostgresAlone() {
        assertThat(named("NetworkPolicy", "predictor-loan").at("/spec/ingress"))
                .isEqualTo(named("NetworkPolicy", "functions").at("/spec/ingress"));
        assertThat(named("NetworkPolicy", "predictor-loan-to-postgres").at("/spec/egress"))
                .isEqualTo(named("NetworkPolicy", "functions-to-postgres").at("/spec/egress"));
        for (String policy : List.of("predictor-loan", "predictor-loan-to-postgres")) {
            assertThat(named("NetworkPolicy", policy)
                            .at("/spec/podSelector/matchLabels/serving.knative.dev~1service")
                            .asText())
                    .isEqualTo("predictor-loan");
        }
    }

    /// The functions of additional tables are not listed.
    @Test
    void postgresAdmitsEveryFunctionButTheIndexer() {
        JsonNode functions = named("NetworkPolicy", "postgres").at("/spec/ingress/0/from/0/podSelector");

        assertThat(functions)
                .hasToString(
                        "{\"matchExpressions\":["
                                + "{\"key\":\"serving.knative.dev/service\",\"operator\":\"Exists\"},"
                                + "{\"key\":\"serving.knative.dev/service\",\"operator\":\"NotIn\",\"values\":[\"indexer\"]}]}");
    }

    @Test
    void connectMayUseItsTopicsItsGroupAndItsConnectorsTopics() {
        JsonNode connect = ofKind("KafkaConnect").getFirst();
        JsonNode user = named(
                "KafkaUser",
                connect.at("/spec/authentication/certificateAndKey/secretName").asText());
        List<String> prefixes = resources(user, "topic");
        Stream<String> written = topics().stream().filter(topic -> topic.matches("(churn|__debezium-heartbeat)\\..*"));
        Stream<String> own = Stream.of("configStorageTopic", "offsetStorageTopic", "statusStorageTopic")
                .map(topic -> connect.path("spec").path(topic).asText());
        assertThat(Stream.concat(written, own))
                .allMatch(topic -> prefixes.stream().anyMatch(topic::startsWith));
        assertThat(resources(user, "group"))
                .containsExactly(connect.at("/spec/groupId").asText());
    }

    /// A user is one resource, so a table that shared one could not be added without a change elsewhere.
    @Test
    void connectorOfAnotherTableWritesAsItsOwnUser() {
        JsonNode user = named("KafkaUser", "connector-loan");
        assertThat(topics().stream().filter(topic -> topic.matches("(__debezium-heartbeat\\.)?loan(\\..*)?")))
                .hasSize(5)
                .allMatch(topic -> resources(user, "topic").stream()
                        .anyMatch(right -> right.endsWith(".") ? topic.startsWith(right) : topic.equals(right)));
        assertThat(user.findValues("operations").stream().flatMap(each -> texts(each).stream()))
                .containsOnly("Write", "Describe");
        JsonNode config = named("KafkaConnector", "loan").at("/spec/config");
        assertThat(config.path("producer.override.ssl.keystore.certificate.chain")
                        .asText())
                .isEqualTo("${secrets:rowcast/connector-loan:user.crt}");
        assertThat(config.path("producer.override.ssl.keystore.key").asText())
                .isEqualTo("${secrets:rowcast/connector-loan:user.key}");
        assertThat(ofKind("KafkaConnect")
                        .getFirst()
                        .at("/spec/config/config.providers.secrets.class")
                        .asText())
                .isEqualTo("io.strimzi.kafka.KubernetesSecretConfigProvider");
        JsonNode rule = named("Role", "connector-loan").at("/rules/0");
        assertThat(texts(rule.path("resourceNames"))).containsExactly(name(user));
        assertThat(texts(rule.path("verbs"))).containsExactly("get");
        JsonNode binding = named("RoleBinding", "connector-loan");
        assertThat(binding.at("/roleRef/name").asText()).isEqualTo("connector-loan");
        assertThat(binding.at("/subjects/0/name").asText())
                .isEqualTo(name(ofKind("KafkaConnect").getFirst()) + "-connect");
    }

    @Test
    void otherTablesAreNamedInTheirFoldersAlone() throws IOException {
        for (String file : List.of("strimzi/users.yaml", "strimzi/kafka.yaml", "eck/roles.yml", "scripts/images")) {
            assertThat(text(file)).as(file).doesNotContain("loan");
        }
    }

    /// Labels of the shared ConfigMap belong to each folder that is applied, so they must be the same in all.
    @Test
    void foldersOfTablesShareTheIndexersConfigMap() throws IOException {
        List<JsonNode> documents = Rendered.folder(ROOT, EXAMPLE);
        assertThat(documents)
                .filteredOn(document -> name(document).equals("rowcast-indexer-tables"))
                .singleElement()
                .satisfies(shared -> {
                    assertThat(shared.path("data").fieldNames()).toIterable().containsExactly("loan.properties");
                    assertThat(shared.at("/metadata/labels"))
                            .hasToString("{\"app.kubernetes.io/part-of\":\"rowcast\"}");
                });
        assertThat(documents)
                .filteredOn(document -> !name(document).equals("rowcast-indexer-tables"))
                .allSatisfy(document -> assertThat(document.at("/metadata/labels/rowcast.dev~1table")
                                .asText())
                        .as(name(document))
                        .isEqualTo("loan"));
    }

    @Test
    void everySecretIsCreatedByTheDeploymentOrAnOperator() throws IOException {
        String script = text("scripts/cluster");
        Set<String> created = new TreeSet<>(names("KafkaUser"));
        for (String role : List.of("app", "connector", "predictor", "retention", "operator")) {
            created.add("rowcast-postgres-" + role + "-login");
        }
        assertThat(script)
                .contains("for role in app connector predictor retention operator", "rowcast-postgres-$role-login");
        for (String login : List.of(
                "rowcast-elasticsearch-indexer-login",
                "rowcast-elasticsearch-setup-login",
                "rowcast-dead-letters-kafka")) {
            assertThat(script).contains(login);
            created.add(login);
        }
        created.add("rowcast-elasticsearch-roles");
        // Created by Strimzi, CloudNativePG and ECK, from the names of their clusters.
        created.add(name(ofKind("Kafka").getFirst()) + "-cluster-ca-cert");
        created.add(name(ofKind("Cluster").getFirst()) + "-ca");
        created.add(name(ofKind("Elasticsearch").getFirst()) + "-es-http-certs-public");
        created.add(name(ofKind("Kibana").getFirst()) + "-kb-http-certs-public");

        Set<String> required = new TreeSet<>();
        for (JsonNode document : all) {
            document.findValues("secretKeyRef")
                    .forEach(ref -> required.add(ref.path("name").asText()));
            document.findValues("secretName").forEach(name -> required.add(name.asText()));
            document.findValues("passwordSecret")
                    .forEach(ref -> required.add(ref.path("name").asText()));
            if (document.path("kind").asText().equals("KafkaSink")) {
                required.add(document.at("/spec/auth/secret/ref/name").asText());
            }
        }
        assertThat(created).containsAll(required);
        assertThat(required).hasSizeGreaterThan(10);
    }

    @Test
    void everyRoleOfTheSchemaHasItsLoginInTheCluster() throws IOException {
        String roles = text("postgres/schema/10-roles.sql");
        List<String> managed = ofKind("Cluster").getFirst().at("/spec/managed/roles").findValuesAsText("name").stream()
                .filter(name -> !name.endsWith("-login"))
                .toList();
        assertThat(matches("ALTER ROLE (\\w+) WITH LOGIN", roles)).hasSameElementsAs(managed);
    }

    @Test
    void versionsAreThoseThatTheTestsUse() throws IOException {
        String pom = text("pom.xml");
        assertThat(text("images/Dockerfile.connect"))
                .as("Debezium is the plugin that the tests use, from the one version list")
                .contains("\nCOPY debezium-connector-postgres/ ")
                .contains("-kafka-" + version(pom, "kafka") + "\n");
        for (String kind : List.of("Elasticsearch", "Kibana")) {
            assertThat(ofKind(kind).getFirst().at("/spec/version").asText()).isEqualTo(version(pom, "elasticsearch"));
        }
        assertThat(ofKind("Cluster").getFirst().at("/spec/imageName").asText())
                .endsWith(":" + version(pom, "postgres").replaceAll("\\..*", ""));
    }

    @Test
    void hostsAreThoseOfTheStoresServices() {
        String namespace = "rowcast";
        String postgres = name(ofKind("Cluster").getFirst()) + "-rw." + namespace + ".svc";
        String kafka = name(ofKind("Kafka").getFirst()) + "-kafka-bootstrap." + namespace + ".svc:"
                + ofKind("Kafka").getFirst().at("/spec/kafka/listeners/0/port").asText();
        String elasticsearch = name(ofKind("Elasticsearch").getFirst()) + "-es-http." + namespace + ".svc:9200";
        Set<String> hosts = new TreeSet<>();
        for (JsonNode document : all) {
            matches("([\\w-]+\\.rowcast\\.svc(?::\\d+)?)", document.toString())
                    .forEach(host -> hosts.add(host.replace(":5432", "")));
        }
        String kibana = name(ofKind("Kibana").getFirst()) + "-kb-http." + namespace + ".svc:5601";
        assertThat(hosts).containsExactlyInAnyOrder(postgres, kafka, elasticsearch, kibana);
    }

    private static List<String> indicesOfTheExample() throws IOException {
        return matches("(?m)^\\w+\\.index=(.*)$", text(EXAMPLE + "/indexer-tables/loan.properties"));
    }

    private static Set<String> topics() {
        return ofKind("KafkaTopic").stream()
                .map(topic -> topic.at("/spec/topicName").asText())
                .collect(Collectors.toSet());
    }

    private static List<String> sourceTopics() {
        return ofKind("KafkaSource").stream()
                .flatMap(source -> texts(source.at("/spec/topics")).stream())
                .toList();
    }

    private static List<String> resources(JsonNode user, String type) {
        List<String> names = new ArrayList<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            if (acl.at("/resource/type").asText().equals(type)) {
                names.add(acl.at("/resource/name").asText());
            }
        }
        return names;
    }

    private static List<JsonNode> ofKind(String kind) {
        return all.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    private static JsonNode named(String kind, String name) {
        return ofKind(kind).stream()
                .filter(document -> name(document).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    private static List<String> names(String kind) {
        return ofKind(kind).stream().map(NamesTest::name).toList();
    }

    private static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String version(String pom, String what) {
        return matches("<" + what + "\\.version>(.*?)<", pom).getFirst();
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text(file)));
        return properties;
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
