package dev.rowcast.replay.snapshot;

import dev.rowcast.replay.connection.LocalRun;
import dev.rowcast.replay.exit.UsageException;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say how to reach Postgres. The role `operator` may insert into the signal table, which
/// is all that is needed.
final class PostgresOptions {

    @Option(
            names = "--postgres",
            paramLabel = "URI",
            description = "postgresql://operator@HOST:PORT/rowcast[?sslmode=verify-full]; without a password, "
                    + "$$PGPASSWORD is used. Default: $$KN_REPLAY_POSTGRES, or the local run.",
            defaultValue = "${env:KN_REPLAY_POSTGRES}")
    private String uri;

    @Option(
            names = "--postgres-ca",
            paramLabel = "FILE",
            description = "PEM file to verify Postgres with. Default: $$KN_REPLAY_POSTGRES_CA.",
            defaultValue = "${env:KN_REPLAY_POSTGRES_CA}")
    private Path authorities;

    /// {@return the address, the role and the TLS settings}
    ///
    /// @param localRun used if no URI is given
    /// @throws UsageException if there is no valid URI
    PgConnectOptions connect(Optional<LocalRun> localRun) {
        PgConnectOptions options = options(Optional.ofNullable(uri)
                .or(() -> localRun.map(LocalRun::postgres))
                .orElseThrow(() -> new UsageException("where is Postgres? Give --postgres URI or --local")));
        if (options.getPassword() == null) {
            Optional.ofNullable(System.getenv("PGPASSWORD")).ifPresent(options::setPassword);
        }
        Optional.ofNullable(authorities)
                .map(file -> file.toAbsolutePath().toString())
                .ifPresent(file -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(file)));
        return options.setHostnameVerificationAlgorithm("HTTPS").setReconnectAttempts(0);
    }

    private static PgConnectOptions options(String address) {
        try {
            return PgConnectOptions.fromUri(address);
        } catch (IllegalArgumentException wrong) {
            // The message does not repeat the URI, which may hold a password.
            throw new UsageException(
                    "the address of Postgres cannot be read; it is postgresql://ROLE@HOST:PORT/DATABASE");
        }
    }
}
