package dev.rowcast.testkit.function.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable.Literal;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A test of a packaged function with the TLS settings of its manifest and a Postgres that requires TLS.
public abstract class ProcessOnTlsPostgres extends ProcessOnPostgres {

    /// Receives certificates.
    @TempDir
    protected static Path certificates;

    /// The authority that issued the certificate of Postgres.
    protected static CertificateAuthority authority;

    /// Lets Postgres require TLS.
    @BeforeAll
    public static void requireTls() {
        authority = CertificateAuthority.make(certificates, "cluster");
        postgres.speakTls(authority.issue("postgres", "ip:127.0.0.1"));
    }

    /// {@return an authority that issued no certificate of Postgres}
    protected static CertificateAuthority stranger() {
        return CertificateAuthority.make(certificates, "stranger");
    }

    /// Settings of a function as in its manifest, with the mounted certificate where this test has it.
    ///
    /// @param names a pattern of their names
    /// @param trusted the authority whose certificate is mounted
    protected static Map<String, String> asInTheManifest(String function, String names, CertificateAuthority trusted)
            throws IOException {
        Path certificate = Files.writeString(Files.createTempFile(certificates, "ca", ".crt"), trusted.certificate());
        Map<String, String> settings = new HashMap<>();
        Manifests.read(Checkout.find().root()).services().stream()
                .filter(service -> service.name().equals(function))
                .flatMap(service -> service.environment().stream())
                .forEach(variable -> {
                    if (variable instanceof Literal(String name, String value) && name.matches(names)) {
                        settings.put(name, value.replace("/etc/rowcast/postgres-ca/ca.crt", certificate.toString()));
                    }
                });
        return settings;
    }

    /// Fails unless the connections of a role are encrypted.
    protected static void assertEncrypted(String role) throws SQLException {
        assertThat(new Database(postgres)
                        .text("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                                + " WHERE usename = '" + role + "'"))
                .isEqualTo("t");
    }
}
