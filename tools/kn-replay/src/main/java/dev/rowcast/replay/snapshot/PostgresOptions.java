package dev.rowcast.replay.snapshot;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.connection.LocalRun;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How to reach Postgres, as a role that may insert into the signal table and needs nothing else: `operator`.
final class PostgresOptions {

    @Option(
            names = "--postgres",
            paramLabel = "URI",
            description =
                    "postgresql://operator@HOST:PORT/rowcast[?sslmode=verify-full]; a password that is not in it comes "
                            + "from $$PGPASSWORD. Default: $$KN_REPLAY_POSTGRES, or the local run.",
            defaultValue = "${env:KN_REPLAY_POSTGRES}")
    private String uri;

    @Option(
            names = "--postgres-ca",
            paramLabel = "FILE",
            description = "Certificates in PEM that Postgres is trusted by under sslmode=verify-ca or verify-full.")
    private Path authorities;

    /// Where and who.
    ///
    /// @param localRun used when no URI is given
    /// @throws UsageException when neither says it
    PgConnectOptions connect(Optional<LocalRun> localRun) {
        String address = Optional.ofNullable(uri)
                .or(() -> localRun.map(LocalRun::postgres))
                .orElseThrow(() -> new UsageException("where is Postgres? Give --postgres URI or --local"));
        PgConnectOptions options = options(address);
        if (options.getPassword() == null) {
            Optional.ofNullable(System.getenv("PGPASSWORD")).ifPresent(options::setPassword);
        }
        Optional.ofNullable(authorities)
                .ifPresent(file -> options.setPemTrustOptions(
                        new PemTrustOptions().addCertPath(file.toAbsolutePath().toString())));
        return options.setHostnameVerificationAlgorithm("HTTPS").setReconnectAttempts(0);
    }

    private static PgConnectOptions options(String address) {
        try {
            return PgConnectOptions.fromUri(address);
        } catch (IllegalArgumentException wrong) {
            // The URI may hold a password: it is not repeated.
            throw new UsageException("the address of Postgres cannot be read; it is postgresql://ROLE@HOST:PORT/DATABASE");
        }
    }
}
