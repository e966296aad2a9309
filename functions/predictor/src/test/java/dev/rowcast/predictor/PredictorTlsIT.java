package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.station.CertificateAuthority;
import dev.rowcast.testkit.station.Postgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function, with the TLS settings of its manifest, against a Postgres that takes nothing but TLS.
@Timeout(300)
class PredictorTlsIT {

    /// All that the client tells. With the right authority and name, and nothing else changed, it succeeds.
    private static final String HANDSHAKE = "Postgres cannot be reached: SSL handshake failed";

    private static Postgres postgres;
    private static CertificateAuthority authority;

    @TempDir
    static Path certificates;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path data) {
        authority = CertificateAuthority.make(certificates, "cluster");
        postgres = Postgres.start(data);
        postgres.applySchema();
        postgres.speakTls(authority.issue("postgres", "ip:127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void predictionsTravelEncrypted() throws Exception {
        try (PredictorProcess predictor = PredictorProcess.start(folder, postgres, asInTheManifest(authority))) {
            new Health(predictor.address()).awaitReady();
            new Sender(predictor.address()).deliver(Events.insert(1, Events.row("encrypted")));

            assertThat(new Captured(postgres).keys("encrypted")).containsExactly("encrypted");
            try (Connection superuser = postgres.connect("postgres");
                    Statement statement = superuser.createStatement();
                    ResultSet sessions = statement.executeQuery(
                            "SELECT count(*), bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                                    + " WHERE usename = 'predictor'")) {
                sessions.next();
                assertThat(sessions.getInt(1)).isPositive();
                assertThat(sessions.getBoolean(2)).isTrue();
            }
        }
    }

    @Test
    void aPostgresThatAStrangerVouchesForGetsNothing() throws Exception {
        CertificateAuthority stranger = CertificateAuthority.make(certificates, "stranger");

        try (PredictorProcess predictor = PredictorProcess.start(folder, postgres, asInTheManifest(stranger))) {
            new Health(predictor.address()).awaitNotReady(HANDSHAKE);
            HttpResponse<String> answer =
                    new Sender(predictor.address()).post(Events.insert(1, Events.row("stranger")));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(new Captured(postgres).keys("stranger")).isEmpty();
        }
    }

    @Test
    void aPostgresOfAnotherNameGetsNothing() throws Exception {
        Map<String, String> environment = asInTheManifest(authority);
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.uri().replace("127.0.0.1", "localhost"));

        try (PredictorProcess predictor = PredictorProcess.start(folder, postgres, environment)) {
            new Health(predictor.address()).awaitNotReady(HANDSHAKE);

            assertThat(new Sender(predictor.address())
                            .post(Events.insert(1, Events.row("name")))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(new Captured(postgres).keys("name")).isEmpty();
        }
    }

    /// The TLS settings of the manifest, with the mounted certificate where this test has it.
    private static Map<String, String> asInTheManifest(CertificateAuthority trusted) throws Exception {
        Path certificate = Files.writeString(Files.createTempFile(certificates, "ca", ".crt"), trusted.certificate());
        Map<String, String> environment = new HashMap<>();
        Manifests.read(Checkout.find().root()).services().stream()
                .filter(service -> service.name().equals("predictor"))
                .flatMap(service -> service.environment().stream())
                .forEach(variable -> {
                    if (variable instanceof EnvironmentVariable.Literal(String name, String value)
                            && name.matches("QUARKUS_DATASOURCE_REACTIVE_(POSTGRESQL|HOSTNAME|TRUST).*")) {
                        environment.put(name, value.startsWith("/etc/rowcast/") ? certificate.toString() : value);
                    }
                });
        assertThat(environment).hasSize(4);
        return environment;
    }
}
