package dev.rowcast.testkit.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.process.StationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresIT {
    @TempDir
    static Path folder;

    private static Postgres postgres;

    @BeforeAll
    static void startWithSchema() {
        postgres = Postgres.start(folder.resolve("postgres"));
        postgres.applySchema();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void isDurableAndListensOnThisMachineOnlyWithPasswords() throws SQLException {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("wal_level")).isEqualTo("logical");
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(setting("unix_socket_directories")).isEmpty();
        assertThat(setting("server_version")).startsWith("18");
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:postgresql://" + postgres.address() + "/rowcast?user=app&password=wrong"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void schemaCanBeAppliedAgainAndEachRoleLogsIn() throws SQLException {
        postgres.applySchema();

        for (String role : new String[] {"app", "connector", "predictor"}) {
            try (Connection connection = postgres.connect(role)) {
                assertThat(connection.getMetaData().getUserName()).isEqualTo(role);
            }
        }
        assertThat(query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'rowcast_churn'"))
                .isEqualTo("1");
    }

    @Test
    void committedRowsSurviveAKillAndTheAddressStays() throws SQLException {
        // Given
        update("INSERT INTO person_churn_history (customerid) VALUES ('kept')");

        // When
        Restart.afterAKill(postgres);

        // Then
        assertThat(query("SELECT count(*) FROM person_churn_history WHERE customerid = 'kept'"))
                .isEqualTo("1");
    }

    @Test
    void stopDoesNotWaitForClientsThatStay() throws SQLException {
        // Given
        try (Connection client = postgres.connect("app")) {
            assertThat(client.isValid(5)).isTrue();

            // When
            postgres.stop();

            // Then
            assertThat(postgres.running()).isFalse();
            assertThat(postgres.log()).content().contains("received fast shutdown request");
        } finally {
            postgres.start();
        }
    }

    @Test
    void frozenItAnswersNobodyAndResumedItGoesOn() throws SQLException {
        try (Connection client = postgres.connect("app")) {
            // When
            postgres.freeze();
            client.setNetworkTimeout(Runnable::run, 300);

            // Then
            assertThatThrownBy(() -> query(client, "SELECT 1")).isInstanceOf(SQLException.class);
        } finally {
            postgres.resume();
        }
        assertThat(query("SELECT 1")).isEqualTo("1");
    }

    @Test
    void passwordsAreMadeUpAndOnlyTheirOwnerReadsThem() throws Exception {
        Path file = folder.resolve("postgres/passwords.properties");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(postgres.password("app")).hasSize(32).isNotEqualTo(postgres.password("predictor"));
    }

    @Test
    void aFolderThatIsInUseIsRefused() {
        assertThatThrownBy(() -> Postgres.start(folder.resolve("postgres")))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("is in use");
    }

    @Test
    void anEarlyEndIsShownWithTheLogsLastLines(@TempDir Path other) throws Exception {
        // Given a cluster whose control file is gone
        try (Postgres broken = Postgres.start(other)) {
            broken.stop();
            Files.delete(other.resolve("data/global/pg_control"));

            // Then
            assertThatThrownBy(broken::start)
                    .isInstanceOf(StationFailure.class)
                    .hasMessageContaining("before it was ready")
                    .hasMessageContaining("pg_control")
                    .hasMessageContaining(other.resolve("postgres.log").toString());
        }
    }

    private static String setting(String name) throws SQLException {
        return query("SHOW " + name);
    }

    private static String query(String sql) throws SQLException {
        try (Connection superuser = postgres.connect("postgres")) {
            return query(superuser, sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void update(String sql) throws SQLException {
        try (Connection app = postgres.connect("app");
                Statement statement = app.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
