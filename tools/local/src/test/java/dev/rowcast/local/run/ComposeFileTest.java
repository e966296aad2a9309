package dev.rowcast.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `compose.yaml` and the dev container have the versions, the ports and the settings of the manifests
/// and of `make run`.
class ComposeFileTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonNode services;
    private static String pom;

    @BeforeAll
    static void readFiles() throws IOException {
        services = YAML.readTree(text("compose.yaml")).path("services");
        pom = text("pom.xml");
    }

    @Test
    void imagesHaveTheVersionsOfTheBuild() {
        assertThat(image("postgres"))
                .isEqualTo("postgres:" + version("postgres").replaceFirst("\\.0$", ""));
        assertThat(image("kafka")).isEqualTo("apache/kafka:" + version("kafka"));
        assertThat(image("elasticsearch"))
                .isEqualTo("docker.elastic.co/elasticsearch/elasticsearch:" + version("elasticsearch"));
    }

    @Test
    void portsAreThoseOfMakeRunOnThisMachineOnly() {
        RunSettings.Ports ports = RunSettings.of(Map.of()).ports();

        assertThat(ports("postgres"))
                .containsExactly("127.0.0.1:" + ports.postgres().port() + ":5432");
        assertThat(ports("elasticsearch"))
                .containsExactly("127.0.0.1:" + ports.elasticsearch().port() + ":9200");
        int kafka = ports.kafka().port();
        assertThat(ports("kafka")).containsExactly("127.0.0.1:" + kafka + ":" + kafka);
        assertThat(services.at("/kafka/environment/KAFKA_ADVERTISED_LISTENERS").asText())
                .contains("OUTSIDE://127.0.0.1:" + kafka);
    }

    @Test
    void everyServiceHasACheckOfItsHealth() {
        assertThat(services)
                .hasSize(3)
                .allSatisfy(
                        service -> assertThat(service.at("/healthcheck/test")).hasSizeGreaterThan(1));
    }

    @Test
    void passwordsAreGivenNotWritten() throws IOException {
        List<String> passwords = text("compose.yaml")
                .lines()
                .filter(line -> line.contains("PASSWORD:"))
                .toList();

        assertThat(passwords).singleElement().asString().contains("${ROWCAST_PASSWORD:?");
        assertThat(text("scripts/compose-database")).contains("\\getenv password POSTGRES_PASSWORD");
    }

    @Test
    void settingsAreThoseOfTheManifests() throws IOException {
        JsonNode postgres = YAML.readTree(text("postgres/cluster.yaml"));
        JsonNode elasticsearch = YAML.readTree(text("eck/elasticsearch.yaml"));

        assertThat(services.at("/postgres/command").toString())
                .contains(
                        "max_slot_wal_keep_size="
                                + postgres.at("/spec/postgresql/parameters/max_slot_wal_keep_size")
                                        .asText(),
                        "wal_level=logical");
        assertThat(services.at("/elasticsearch/environment/action.auto_create_index"))
                .isEqualTo(elasticsearch.at("/spec/nodeSets/0/config/action.auto_create_index"));
    }

    @Test
    void devContainerHasThePrerequisitesOfTheBuild() throws IOException {
        JsonNode container = JsonMapper.builder()
                .configure(JsonParser.Feature.ALLOW_COMMENTS, true)
                .build()
                .readTree(text(".devcontainer/devcontainer.json"));

        assertThat(container
                        .at("/features/ghcr.io~1devcontainers~1features~1java:1/version")
                        .asText())
                .isEqualTo(found("wanted=(\\d+)", text("scripts/find-jdk")));
        assertThat("python"
                        + container
                                .at("/features/ghcr.io~1devcontainers~1features~1python:1/version")
                                .asText())
                .isEqualTo(found("@(python[\\d.]+) -m venv", text("trainer-notebook/trainer.mk")));
        assertThat(container.at("/forwardPorts/0").asInt())
                .isEqualTo(RunSettings.of(Map.of()).ports().page().port());
    }

    private static String image(String service) {
        return services.path(service).path("image").asText();
    }

    private static List<String> ports(String service) {
        return YAML.convertValue(
                services.path(service).path("ports"),
                YAML.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static String version(String name) {
        return found("<" + name + "\\.version>([^<]+)<", pom);
    }

    private static String found(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    private static String text(String file) throws IOException {
        Path path = Checkout.find().resolve(file);
        return Files.readString(path);
    }
}
