package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Postgres;
import dev.rowcast.testkit.tls.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function, with the TLS parameters in the URL of its manifest, against a Postgres that requires TLS.
@Timeout(300)
class RetentionTlsIT {

    private static final double HIGH = 0.6;
    private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
    private static final String MOUNTED = "/etc/rowcast/postgres-ca/ca.crt";

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
    void casesTravelEncrypted() throws Exception {
        try (PackagedFunction retention = RetentionProcess.start(folder, postgres, asInTheManifest(authority))) {
            retention.awaitSender().deliver(CapturedEvents.scored("encrypted", 1, HIGH));

            StoredCases cases = new StoredCases(postgres);
            assertThat(cases.status("encrypted")).isEqualTo("open");
            assertThat(cases.text("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                            + " WHERE usename = 'retention'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void postgresWithAForeignCertificateReceivesNothing() throws Exception {
        CertificateAuthority stranger = CertificateAuthority.make(certificates, "stranger");

        try (PackagedFunction retention = RetentionProcess.start(folder, postgres, asInTheManifest(stranger))) {
            assertThat(new EventClient(retention.address())
                            .post(CapturedEvents.scored("stranger", 1, HIGH))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(new StoredCases(postgres).status("stranger")).isEmpty();
        }
    }

    /// The URL of the manifest, with host, port and mounted certificate where this test has them.
    private static Map<String, String> asInTheManifest(CertificateAuthority trusted) throws Exception {
        Path certificate = Files.writeString(Files.createTempFile(certificates, "ca", ".crt"), trusted.certificate());
        String url = Manifests.read(Checkout.find().root()).services().stream()
                .filter(service -> service.name().equals("retention"))
                .flatMap(service -> service.environment().stream())
                .filter(EnvironmentVariable.Literal.class::isInstance)
                .map(EnvironmentVariable.Literal.class::cast)
                .filter(variable -> variable.name().equals(URL))
                .map(EnvironmentVariable.Literal::value)
                .findFirst()
                .orElseThrow();
        assertThat(url).contains("?sslmode=verify-full&sslrootcert=" + MOUNTED);
        return Map.of(
                URL,
                "jdbc:" + postgres.uri() + url.substring(url.indexOf('?')).replace(MOUNTED, certificate.toString()));
    }
}
