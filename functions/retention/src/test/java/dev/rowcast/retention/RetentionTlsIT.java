package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.setup.ProcessOnTlsPostgres;
import dev.rowcast.testkit.tls.CertificateAuthority;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The packaged function, with the TLS parameters in the URL of its manifest, against a Postgres that requires TLS.
@Timeout(300)
class RetentionTlsIT extends ProcessOnTlsPostgres {

    private static final double HIGH = 0.6;
    private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";

    @Test
    void casesTravelEncrypted() throws Exception {
        try (PackagedFunction retention = RetentionProcess.start(folder, postgres, asInTheManifest(authority))) {
            retention.awaitSender().deliver(CapturedEvents.scored("encrypted", 1, HIGH));

            assertThat(new StoredCases(postgres).status("encrypted")).isEqualTo("open");
            assertEncrypted("retention");
        }
    }

    @Test
    void postgresWithAForeignCertificateReceivesNothing() throws Exception {
        try (PackagedFunction retention = RetentionProcess.start(folder, postgres, asInTheManifest(stranger()))) {
            assertThat(retention.post(CapturedEvents.scored("stranger", 1, HIGH)))
                    .isEqualTo(503);
            assertThat(new StoredCases(postgres).status("stranger")).isEmpty();
        }
    }

    /// The URL of the manifest, with host, port and mounted certificate where this test has them.
    private static Map<String, String> asInTheManifest(CertificateAuthority trusted) throws IOException {
        String url = asInTheManifest("retention", URL, trusted).get(URL);
        assertThat(url).contains("?sslmode=verify-full&sslrootcert=" + certificates);
        return Map.of(URL, "jdbc:" + postgres.uri() + url.substring(url.indexOf('?')));
    }
}
