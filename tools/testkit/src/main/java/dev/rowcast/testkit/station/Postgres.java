package dev.rowcast.testkit.station;

import dev.rowcast.testkit.postgres.Passwords;
import dev.rowcast.testkit.postgres.PostgresCluster;
import dev.rowcast.testkit.postgres.PostgresPrograms;
import dev.rowcast.testkit.postgres.SchemaFiles;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.tls.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// A real Postgres on 127.0.0.1, durable, with a logical WAL and a password for each role.
public final class Postgres extends Station {
    /// The database that holds everything.
    public static final String DATABASE = "rowcast";

    private final Passwords passwords;
    private Optional<PostgresCluster> cluster = Optional.empty();

    private Postgres(Path folder, int port) {
        super("Postgres", "postgres", folder, port);
        this.passwords = Passwords.in(this.folder.resolve("passwords.properties"));
    }

    /// Creates a Postgres without starting it.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param port its port, or 0 for any free port; it keeps the port
    /// @return the station
    public static Postgres in(Path folder, int port) {
        return new Postgres(folder, port);
    }

    /// Starts a Postgres on a free port, without a schema.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @return the running station
    public static Postgres start(Path folder) {
        return started(in(folder, 0));
    }

    /// Applies `postgres/schema` of the checkout and sets the password of each role. Can be repeated.
    ///
    /// @throws StationFailure with the name of the file that failed
    public void applySchema() {
        try (Connection superuser = connect(Passwords.SUPERUSER)) {
            new SchemaFiles(checkout.resolve("postgres/schema")).apply(superuser);
            for (String role : Passwords.ROLES) {
                execute(superuser, "ALTER ROLE " + role + " PASSWORD '" + passwords.of(role) + "'");
            }
        } catch (SQLException failure) {
            throw new StationFailure("The schema cannot be applied: " + failure.getMessage(), failure);
        }
    }

    /// Applies an SQL file as psql would: the file itself begins and ends its transactions.
    ///
    /// @param file such as the output of `make schema`
    /// @throws StationFailure with the name of the file, when it fails
    public void apply(Path file) {
        try (Connection superuser = connect(Passwords.SUPERUSER)) {
            execute(superuser, Files.readString(file));
        } catch (SQLException | IOException failure) {
            throw new StationFailure("The schema file " + file + " failed: " + failure.getMessage(), failure);
        }
    }

    /// Requires TLS from all clients. The server must be running.
    ///
    /// @param server certificate and key of the server
    public void speakTls(Credential server) {
        try (Connection superuser = connect(Passwords.SUPERUSER)) {
            PostgresCluster files = cluster.orElseThrow(() -> new StationFailure("Postgres was not started"));
            files.write("server.crt", server.certificate());
            files.write("server.key", server.key());
            files.write("pg_hba.conf", "hostssl all,replication all 127.0.0.1/32 scram-sha-256\n");
            execute(superuser, "ALTER SYSTEM SET ssl = on");
            execute(superuser, "SELECT pg_reload_conf()");
        } catch (SQLException failure) {
            throw new StationFailure("Postgres refuses the TLS settings: " + failure.getMessage(), failure);
        }
    }

    /// {@return the password of a role}
    ///
    /// @param role `app`, `connector`, `predictor`, `retention`, `operator`, or `postgres` for
    ///     the superuser
    public String password(String role) {
        return passwords.of(role);
    }

    /// {@return a URI with user and password, for psql}
    ///
    /// @param role as for [#password]
    public String uri(String role) {
        return "postgresql://" + role + ":" + passwords.of(role) + "@127.0.0.1:" + port + "/" + DATABASE;
    }

    /// {@return a URI without user and password, for a reactive client}
    public String uri() {
        return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /// {@return a JDBC URL with user and password}
    ///
    /// @param role as for [#password]
    public String jdbcUrl(String role) {
        return jdbcUrl(DATABASE, role);
    }

    private String jdbcUrl(String database, String role) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=5&user=" + role + "&password="
                + passwords.of(role);
    }

    /// {@return a new connection, for the caller to close}
    ///
    /// @param role as for [#password]
    public Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(role));
    }

    @Override
    Launch launch() {
        PostgresPrograms programs = PostgresPrograms.unpackInto(checkout.cache());
        PostgresCluster files = PostgresCluster.in(programs, folder.path(), passwords.of(Passwords.SUPERUSER));
        cluster = Optional.of(files);
        return files.server(port);
    }

    @Override
    boolean isReady() {
        try (Connection superuser = DriverManager.getConnection(jdbcUrl(Passwords.SUPERUSER, Passwords.SUPERUSER))) {
            return hasDatabase(superuser) || execute(superuser, "CREATE DATABASE " + DATABASE);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    Signal stopSignal() {
        return Signal.INT;
    }

    private static boolean hasDatabase(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            return found.next();
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        }
    }
}
