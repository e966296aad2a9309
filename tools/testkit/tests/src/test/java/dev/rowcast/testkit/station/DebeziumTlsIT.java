package dev.rowcast.testkit.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.tls.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The connector against a Postgres that takes nothing but TLS.
@Timeout(240)
class DebeziumTlsIT {

    private static final String MODE = Replication.connector().config().get("database.sslmode");

    @Test
    void theConnectorReadsByTlsAsItsManifestSaysAndTrustsNoStranger(@TempDir Path folder) throws Exception {
        CertificateAuthority authority = CertificateAuthority.make(folder, "cluster");
        Path trusted = Files.writeString(folder.resolve("ca.crt"), authority.certificate());
        Path strange = Files.writeString(
                folder.resolve("strange.crt"),
                CertificateAuthority.make(folder, "stranger").certificate());
        try (Replication system = new Replication(folder)) {
            system.postgres.speakTls(authority.issue("postgres", "ip:127.0.0.1"));
            system.connect.start();
            String password = system.postgres.password("connector");

            assertThat(MODE).isEqualTo("verify-full");
            assertThatThrownBy(() -> system.configure(Replication.connector(), password, MODE, strange.toString()))
                    .isInstanceOf(StationFailure.class);

            system.configure(Replication.connector(), password, MODE, trusted.toString());
            system.connect.awaitRunning(Replication.connector().name());
            system.insert("by-tls");

            assertThat(system.await("by-tls", events -> !events.isEmpty())).hasSize(1);
            assertThat(system.text("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                            + " WHERE usename = 'connector'"))
                    .isEqualTo("t");

            // Another server, whose certificate Connect does not mount: make table EXISTING=….
            String stranger = Files.readString(folder.resolve("strange.crt"));
            assertThatThrownBy(() -> system.configure(withCertificate(stranger), password, MODE, ""))
                    .isInstanceOf(StationFailure.class);

            system.configure(withCertificate(authority.certificate()), password, MODE, "");
            system.connect.awaitRunning(Replication.connector().name());
            system.insert("by-text");

            assertThat(system.await("by-text", events -> !events.isEmpty())).hasSize(1);
        }
    }

    /// The connector with the certificate of an authority as a text.
    private static KafkaConnectorManifest withCertificate(String certificate) {
        KafkaConnectorManifest connector = Replication.connector();
        Map<String, String> config = new LinkedHashMap<>(connector.config());
        config.put("driver.sslfactory", "org.postgresql.ssl.SingleCertValidatingFactory");
        config.put("driver.sslfactoryarg", certificate);
        return new KafkaConnectorManifest(connector.name(), connector.connectorClass(), connector.tasksMax(), config);
    }
}
