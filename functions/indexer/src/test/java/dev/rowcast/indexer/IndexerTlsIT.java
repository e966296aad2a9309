package dev.rowcast.indexer;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRetryLater;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.FunctionAnswers;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.manifest.EnvironmentVariable.FromSecret;
import dev.rowcast.testkit.manifest.EnvironmentVariable.Literal;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.tls.CertificateAuthority;
import dev.rowcast.testkit.tls.Credential;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function, with the connection settings of its manifest, against an Elasticsearch that
/// requires TLS and the user of the manifest with the role of `eck/roles.yml`.
@Timeout(300)
class IndexerTlsIT extends ProcessOnElasticsearch {

    private static final String MOUNTED = "/etc/rowcast/elasticsearch-ca/ca.crt";
    private static final String USERNAME = "QUARKUS_ELASTICSEARCH_USERNAME";
    private static final String PASSWORD = "QUARKUS_ELASTICSEARCH_PASSWORD";
    private static final String UNTRUSTED = "the certificate of Elasticsearch is not trusted: ";

    @TempDir
    static Path certificates;

    private static CertificateAuthority authority;
    private static CertificateAuthority stranger;
    private static Credential right;
    private static Credential foreign;

    private final String key = UUID.randomUUID().toString();
    private final String event = TableEvents.update(
            TableEvents.SOURCE, 7, DebeziumEvent.columns("{'tenure': 7}").put("customerid", key));
    private Path mounted;
    private SecuredElasticsearch secured;

    @BeforeAll
    static void issueCertificates() {
        authority = CertificateAuthority.make(certificates, "cluster");
        stranger = CertificateAuthority.make(certificates, "stranger");
        right = authority.issue("elasticsearch", "ip:127.0.0.1", "dns:localhost");
        foreign = stranger.issue("elasticsearch", "ip:127.0.0.1", "dns:localhost");
    }

    @BeforeEach
    void secure() throws IOException {
        mounted = Files.writeString(folder.resolve("ca.crt"), authority.certificate());
        secured = new SecuredElasticsearch(elasticsearch, right, privileges());
    }

    @AfterEach
    void close() {
        secured.close();
    }

    @Test
    void documentsTravelEncryptedWithTheRightsOfTheRole() throws Exception {
        search.send("DELETE", "/" + TableEvents.SOURCE, "");
        try (PackagedFunction indexer = start(asInTheManifest())) {
            assertStored(indexer);
            assertThat(new EventClient(indexer.address()).deliver(event).statusCode())
                    .as("the same event again, which is compared with the stored document")
                    .isEqualTo(204);
        }
        assertThat(secured.refused()).isEmpty();
    }

    @Test
    void foreignCertificateMeansNotReadyAndNothingIsLost() throws Exception {
        secured.present(foreign);
        try (PackagedFunction indexer = start(asInTheManifest())) {
            assertWaits(indexer, UNTRUSTED + "PKIX path");

            secured.present(right);
            assertStored(indexer);
        }
    }

    @Test
    void certificateOfAnotherHostMeansNotReadyAndNothingIsLost() throws Exception {
        secured.present(authority.issue("elsewhere", "dns:elsewhere.example"));
        try (PackagedFunction indexer = start(asInTheManifest())) {
            assertWaits(indexer, UNTRUSTED + "Host name '127.0.0.1' does not match the certificate");

            secured.present(right);
            assertStored(indexer);
        }
    }

    @Test
    void rotatedAuthorityIsTrustedWithoutARestart() throws Exception {
        try (PackagedFunction indexer = start(asInTheManifest())) {
            indexer.health().awaitReady();

            secured.present(foreign);
            assertWaits(indexer, UNTRUSTED + "PKIX path");

            Files.writeString(mounted, stranger.certificate());
            assertStored(indexer);
        }
    }

    @Test
    void unreadableAuthorityLeavesTheLastOneInUse() throws Exception {
        try (PackagedFunction indexer = start(asInTheManifest())) {
            indexer.health().awaitReady();

            Files.writeString(mounted, "no certificate");
            secured.present(right);
            assertStored(indexer);
        }
    }

    @Test
    void wrongPasswordMeansNotReadyAndIsNowhereShown() throws Exception {
        String wrong = UUID.randomUUID().toString();
        Map<String, String> environment = asInTheManifest();
        environment.put(PASSWORD, wrong);
        try (PackagedFunction indexer = start(environment)) {
            String shown = assertWaits(indexer, "unable to authenticate user [indexer]");

            secured.setPassword(wrong);
            assertStored(indexer);
            assertThat(shown + indexer.output())
                    .contains("unable to authenticate user [indexer]")
                    .doesNotContain(wrong, SecuredElasticsearch.authorization(wrong));
        }
    }

    @Test
    void missingUserMeansNotReady() throws Exception {
        Map<String, String> environment = asInTheManifest();
        environment.keySet().removeAll(Set.of(USERNAME, PASSWORD));
        try (PackagedFunction indexer = start(environment)) {
            assertWaits(indexer, "missing authentication credentials");
        }
    }

    /// The environment of a process never changes.
    @Test
    void rotatedPasswordMeansNotReadyUntilARestart() throws Exception {
        try (PackagedFunction indexer = start(asInTheManifest())) {
            indexer.health().awaitReady();

            secured.setPassword(UUID.randomUUID().toString());
            assertWaits(indexer, "unable to authenticate user [indexer]");
        }
        try (PackagedFunction restarted = start(asInTheManifest())) {
            assertStored(restarted);
        }
    }

    @Test
    void missingPrivilegeMeansNotReadyAndNoDeadLetter() throws Exception {
        Set<String> all = privileges();
        Set<String> less = new HashSet<>(all);
        assertThat(less.remove("index")).isTrue();
        secured.grant(less);
        try (PackagedFunction indexer = start(asInTheManifest())) {
            assertWaits(indexer, "action [indices:data/write/bulk] is unauthorized for user [indexer]");
            new EventClient(indexer.address())
                    .postAll(Collections.nCopies(50, event))
                    .forEach(FunctionAnswers::assertRetryLater);
            assertThat(indexer.health().status()).as("still not ready").isEqualTo(503);

            secured.grant(all);
            assertStored(indexer);
        }
    }

    private PackagedFunction start(Map<String, String> environment) throws IOException {
        return IndexerProcess.start(Files.createTempDirectory(folder, "indexer"), environment);
    }

    /// The connection settings of the manifest, with address, login and mounted certificate where this
    /// test has them.
    private Map<String, String> asInTheManifest() {
        Map<String, String> logins = Map.of("username", SecuredElasticsearch.USER, "password", secured.password());
        Map<String, String> environment = new HashMap<>();
        Manifests.read(Checkout.find().root()).services().stream()
                .filter(service -> service.name().equals("indexer"))
                .flatMap(service -> service.environment().stream())
                .filter(variable -> variable.name().matches("QUARKUS_(ELASTICSEARCH|TLS)_.*"))
                .forEach(variable -> environment.put(
                        variable.name(),
                        switch (variable) {
                            case Literal(String _, String value) -> value.replace(MOUNTED, mounted.toString());
                            case FromSecret(String _, String _, String login) -> logins.get(login);
                        }));
        assertThat(environment)
                .containsOnlyKeys(
                        "QUARKUS_ELASTICSEARCH_HOSTS",
                        "QUARKUS_ELASTICSEARCH_PROTOCOL",
                        "QUARKUS_TLS_ELASTICSEARCH_TRUST_STORE_PEM_CERTS",
                        USERNAME,
                        PASSWORD)
                .containsEntry("QUARKUS_TLS_ELASTICSEARCH_TRUST_STORE_PEM_CERTS", mounted.toString());
        environment.put("QUARKUS_ELASTICSEARCH_HOSTS", secured.hosts());
        environment.put("ROWCAST_INDEXER_REQUEST_TIMEOUT", "3s");
        environment.put("ROWCAST_INDEXER_READINESS_INTERVAL", "100ms");
        return environment;
    }

    /// The privileges of the indexer's role on the cluster.
    private static Set<String> privileges() throws IOException {
        JsonNode role = new YAMLMapper()
                .readTree(Checkout.find().resolve("eck/roles.yml").toFile())
                .path("rowcast_indexer");
        Set<String> privileges = new HashSet<>();
        role.path("cluster").forEach(privilege -> privileges.add(privilege.asText()));
        role.at("/indices/0/privileges").forEach(privilege -> privileges.add(privilege.asText()));
        return privileges;
    }

    /// Fails unless the event is answered with a retry, the function is not ready, and nothing is stored.
    ///
    /// @return all that the function answered
    private String assertWaits(PackagedFunction indexer, String reason) throws Exception {
        HttpResponse<String> answer = new EventClient(indexer.address()).post(event);
        assertRetryLater(answer);
        String health = indexer.health().awaitNotReady(reason);
        assertThat(document().path("found").asBoolean()).isFalse();
        return answer.headers() + answer.body() + health;
    }

    /// Fails unless the function is ready and stores the event.
    private void assertStored(PackagedFunction indexer) throws Exception {
        assertThat(indexer.awaitSender().deliver(event).statusCode()).isEqualTo(204);
        assertThat(document().at("/_source/tenure").asInt()).isEqualTo(7);
    }

    private JsonNode document() throws Exception {
        return search.document(TableEvents.SOURCE, key);
    }
}
