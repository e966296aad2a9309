package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.setup.ProcessOnTlsPostgres;
import dev.rowcast.testkit.tls.CertificateAuthority;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The packaged function, with the TLS settings of its manifest, against a Postgres that requires TLS.
@Timeout(300)
class PredictorTlsIT extends ProcessOnTlsPostgres {

    /// The client reports no more. With the right authority and name it connects.
    private static final String HANDSHAKE = "Postgres cannot be reached: SSL handshake failed";

    @Test
    void predictionsTravelEncrypted() throws Exception {
        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, asInTheManifest(authority))) {
            predictor.awaitSender().deliver(SourceEvents.insert(1, SourceEvents.row("encrypted")));

            assertThat(new CapturedRows(postgres).keys("encrypted")).containsExactly("encrypted");
            assertEncrypted("predictor");
        }
    }

    @Test
    void postgresWithAForeignCertificateReceivesNothing() throws Exception {
        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, asInTheManifest(stranger()))) {
            predictor.health().awaitNotReady(HANDSHAKE);

            assertThat(predictor.post(SourceEvents.insert(1, SourceEvents.row("stranger"))))
                    .isEqualTo(503);
            assertThat(new CapturedRows(postgres).keys("stranger")).isEmpty();
        }
    }

    @Test
    void postgresWithAnotherNameReceivesNothing() throws Exception {
        Map<String, String> environment = asInTheManifest(authority);
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.uri().replace("127.0.0.1", "localhost"));

        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, environment)) {
            predictor.health().awaitNotReady(HANDSHAKE);

            assertThat(predictor.post(SourceEvents.insert(1, SourceEvents.row("name"))))
                    .isEqualTo(503);
            assertThat(new CapturedRows(postgres).keys("name")).isEmpty();
        }
    }

    private static Map<String, String> asInTheManifest(CertificateAuthority trusted) throws IOException {
        Map<String, String> environment =
                asInTheManifest("predictor", "QUARKUS_DATASOURCE_REACTIVE_(POSTGRESQL|HOSTNAME|TRUST).*", trusted);
        assertThat(environment).hasSize(4);
        return environment;
    }
}
