package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.DataFolder;
import dev.rowcast.testkit.postgres.Passwords;
import dev.rowcast.testkit.postgres.PostgresCluster;
import dev.rowcast.testkit.postgres.PostgresPrograms;
import dev.rowcast.testkit.postgres.SchemaFiles;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/// A real Postgres on 127.0.0.1, durable, with a logical WAL and a password for each role.
public final class Postgres extends Station {
    /// The database that holds everything.
    public static final String DATABASE = "rowcast";

    private final DataFolder folder;
    private final int port;
    private final Checkout checkout;
    private final Passwords passwords;
    private Optional<PostgresCluster> served = Optional.empty();

    private Postgres(DataFolder folder, int port, Checkout checkout) {
        super("Postgres");
        this.folder = folder;
        this.port = Port.choose(port);
        this.checkout = checkout;
        this.passwords = Passwords.in(folder.resolve("passwords.properties"));
    }

    /// A Postgres that is not started yet.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @param port its port, or 0 for any free one, which it then keeps
    /// @return the station
    public static Postgres in(Path folder, int port) {
        return new Postgres(DataFolder.open(folder), port, Checkout.find());
    }

    /// A Postgres on a free port, started, without a schema.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @return the running station
    public static Postgres start(Path folder) {
        Postgres postgres = in(folder, 0);
        try {
            postgres.start();
            return postgres;
        } catch (StationFailure failure) {
            postgres.close();
            throw failure;
        }
    }

    /// Applies `postgres/schema` of the checkout, and gives each role its password. Can be repeated.
    ///
    /// @throws StationFailure naming the file that failed
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

    /// Applies a file of SQL as psql would: it says itself where its transactions begin and end.
    ///
    /// @param file such as `make schema` prints
    /// @throws StationFailure naming the file, when it fails
    public void apply(Path file) {
        try (Connection superuser = connect(Passwords.SUPERUSER)) {
            execute(superuser, Files.readString(file));
        } catch (SQLException | IOException failure) {
            throw new StationFailure("The schema file " + file + " failed: " + failure.getMessage(), failure);
        }
    }

    /// From now on it speaks TLS, and lets nobody in who does not. It must run.
    ///
    /// @param server who it is
    public void speakTls(Credential server) {
        try (Connection superuser = connect(Passwords.SUPERUSER)) {
            PostgresCluster cluster = served.orElseThrow(() -> new StationFailure("Postgres was not started"));
            cluster.keep("server.crt", server.certificate());
            cluster.keep("server.key", server.key());
            cluster.keep("pg_hba.conf", "hostssl all,replication all 127.0.0.1/32 scram-sha-256\n");
            execute(superuser, "ALTER SYSTEM SET ssl = on");
            execute(superuser, "SELECT pg_reload_conf()");
        } catch (SQLException failure) {
            throw new StationFailure("Postgres does not take TLS: " + failure.getMessage(), failure);
        }
    }

    /// {@return the port on 127.0.0.1}
    public int port() {
        return port;
    }

    /// {@return its password}
    ///
    /// @param role `app`, `connector`, `predictor`, `retention`, `operator`, or `postgres` for the superuser
    public String password(String role) {
        return passwords.of(role);
    }

    /// {@return an URI with user and password that psql takes}
    ///
    /// @param role as for [#password]
    public String uri(String role) {
        return "postgresql://" + role + ":" + passwords.of(role) + "@127.0.0.1:" + port + "/" + DATABASE;
    }

    /// {@return an URI without user and password, as a reactive client takes it}
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
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Path log() {
        return folder.resolve("postgres.log");
    }

    @Override
    Launch launch() {
        PostgresPrograms programs = PostgresPrograms.unpackInto(checkout.cache());
        PostgresCluster cluster = PostgresCluster.in(programs, folder.path(), passwords.of(Passwords.SUPERUSER));
        served = Optional.of(cluster);
        return cluster.server(port, Map.of());
    }

    @Override
    boolean answers() {
        try (Connection superuser = DriverManager.getConnection(jdbcUrl(Passwords.SUPERUSER, Passwords.SUPERUSER))) {
            return hasDatabase(superuser) || execute(superuser, "CREATE DATABASE " + DATABASE);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    Signal goodbye() {
        return Signal.INT;
    }

    @Override
    void release() {
        folder.close();
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
