package dev.rowcast.table.content;

import static dev.rowcast.table.StrangeContracts.LOAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.name.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of a table in another server.
class ServerFilesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final TableName NAME = new TableName("shop");
    private static final String OTHER = "postgresql://root:open-sesame@db.example.com:6432/sales";

    @Test
    void connectorAndPredictorHaveItsAddressAndTheNamesOfSecrets() throws IOException {
        Map<String, JsonNode> resources = resources(OTHER);

        assertThat(settings(resources.get("KafkaConnector shop").at("/spec/config")))
                .containsEntry("database.hostname", "db.example.com")
                .containsEntry("database.port", "6432")
                .containsEntry("database.dbname", "sales")
                .containsEntry("database.user", "${secrets:rowcast/rowcast-postgres-shop-connector-login:username}")
                .containsEntry("database.password", "${secrets:rowcast/rowcast-postgres-shop-connector-login:password}")
                .containsEntry("database.sslmode", "verify-full")
                .containsEntry("database.sslrootcert", "")
                .containsEntry("driver.sslfactory", "org.postgresql.ssl.SingleCertValidatingFactory")
                .containsEntry("driver.sslfactoryarg", "${secrets:rowcast/rowcast-postgres-shop-ca:ca.crt}");
        assertThat(texts(resources.get("Role connector-shop").at("/rules/0/resourceNames")))
                .containsExactly("connector-shop", "rowcast-postgres-shop-connector-login", "rowcast-postgres-shop-ca");
        JsonNode pod = resources.get("Service predictor-shop").at("/spec/template/spec");
        assertThat(variables(pod))
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://db.example.com:6432/sales")
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "verify-full")
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS")
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true");
        assertThat(pod.findValuesAsText("secretName")).containsExactly("rowcast-postgres-shop-ca");
        assertThat(pod.at("/containers/0/env").toString())
                .contains("\"name\":\"rowcast-postgres-shop-predictor-login\",\"key\":\"password\"");
    }

    @Test
    void predictorAndConnectReachItsPort() throws IOException {
        Map<String, JsonNode> resources = resources(OTHER);

        for (String policy : List.of("predictor-shop-to-postgres", "connector-shop-to-postgres")) {
            assertThat(resources.get("NetworkPolicy " + policy).at("/spec/egress"))
                    .hasToString("[{\"ports\":[{\"port\":6432}]}]");
        }
        assertThat(resources
                        .get("NetworkPolicy connector-shop-to-postgres")
                        .at("/spec/podSelector/matchLabels")
                        .toString())
                .isEqualTo("{\"strimzi.io/kind\":\"KafkaConnect\"}");
    }

    @Test
    void noFileHasTheUserOrThePassword() {
        files(OTHER)
                .forEach((file, content) -> assertThat(new String(content, UTF_8))
                        .as(file)
                        .doesNotContain("open-sesame")
                        .doesNotContain("root:"));
    }

    @ParameterizedTest
    @CsvSource({"verify-ca, NONE, true", "require, NONE, false", "disable, NONE, false"})
    void weakerProtectionIsThatOfTheUri(String mode, String algorithm, String verified) throws IOException {
        Map<String, JsonNode> resources = resources("postgresql://db.example.com/sales?sslmode=" + mode);
        JsonNode pod = resources.get("Service predictor-shop").at("/spec/template/spec");
        Map<String, String> connector =
                settings(resources.get("KafkaConnector shop").at("/spec/config"));

        assertThat(variables(pod))
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://db.example.com:5432/sales")
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", mode)
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", algorithm)
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", verified);
        assertThat(connector).containsEntry("database.sslmode", mode);
        assertThat(connector.containsKey("driver.sslfactoryarg")).isEqualTo(verified.equals("true"));
        assertThat(pod.findValuesAsText("secretName")).hasSize(verified.equals("true") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://postgres@localhost:15432/rowcast",
                "postgresql://127.0.0.1/x",
                "postgresql://[::1]/x"
            })
    void loopbackAddressIsAWayToTheServerOfTheCluster(String uri) {
        assertThat(ServerAddress.of(uri)).isEqualTo(ServerAddress.OF_THE_CLUSTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:open-sesame@db.example.com",
                "postgresql://u:open-sesame@db.example.com/a b",
                "postgresql://u:open-sesame@db.example.com/shop?sslmode=prefer",
                "postgresql://u:open-sesame@db.example.com/shop%22"
            })
    void addressThatNoManifestCanHaveIsRefusedWithoutThePassword(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.of(uri))
                .withMessageStartingWith("EXISTING ")
                .withMessageNotContaining("open-sesame")
                .withMessageNotContaining("\n");
    }

    private static SortedMap<String, byte[]> files(String uri) {
        return FolderContent.of(LOAN, NAME, "examples/shop", ServerAddress.of(uri), Optional.empty());
    }

    /// Kind and name of each resource, and the resource.
    private static Map<String, JsonNode> resources(String uri) throws IOException {
        Map<String, JsonNode> resources = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : files(uri).entrySet()) {
            if (file.getKey().endsWith(".yaml")) {
                try (var found = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.getValue())) {
                    found.forEachRemaining(each -> resources.put(
                            each.path("kind").asText() + " "
                                    + each.at("/metadata/name").asText(),
                            each));
                }
            }
        }
        return resources;
    }

    private static Map<String, String> settings(JsonNode config) {
        Map<String, String> settings = new TreeMap<>();
        config.properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return settings;
    }

    private static Map<String, String> variables(JsonNode pod) {
        Map<String, String> variables = new TreeMap<>();
        pod.at("/containers/0/env")
                .forEach(each -> variables.put(
                        each.path("name").asText(), each.path("value").asText()));
        return variables;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
