package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Postgres;
import dev.rowcast.testkit.tls.CertificateAuthority;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function, with the TLS settings of its manifest, against a Postgres that requires TLS.
@Timeout(300)
class PredictorTlsIT {

    /// The client reports no more. With the right authority and name it connects.
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
        postgres = Database.start(data).postgres();
        postgres.speakTls(authority.issue("postgres", "ip:127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void predictionsTravelEncrypted() throws Exception {
        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, asInTheManifest(authority))) {
            predictor.awaitSender().deliver(SourceEvents.insert(1, SourceEvents.row("encrypted")));

            assertThat(new CapturedRows(postgres).keys("encrypted")).containsExactly("encrypted");
            assertThat(new Database(postgres)
                            .text("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                                    + " WHERE usename = 'predictor'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void postgresWithAForeignCertificateReceivesNothing() throws Exception {
        CertificateAuthority stranger = CertificateAuthority.make(certificates, "stranger");

        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, asInTheManifest(stranger))) {
            predictor.health().awaitNotReady(HANDSHAKE);
            HttpResponse<String> answer =
                    new EventClient(predictor.address()).post(SourceEvents.insert(1, SourceEvents.row("stranger")));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(new CapturedRows(postgres).keys("stranger")).isEmpty();
        }
    }

    @Test
    void postgresWithAnotherNameReceivesNothing() throws Exception {
        Map<String, String> environment = asInTheManifest(authority);
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.uri().replace("127.0.0.1", "localhost"));

        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, environment)) {
            predictor.health().awaitNotReady(HANDSHAKE);

            assertThat(new EventClient(predictor.address())
                            .post(SourceEvents.insert(1, SourceEvents.row("name")))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(new CapturedRows(postgres).keys("name")).isEmpty();
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
