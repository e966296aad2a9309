package dev.rowcast.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rowcast.local.load.row.LoadContracts;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadGeneratorIT {

    private static final Path MODEL = Checkout.find().resolve("trainer-notebook/model/churn.onnx");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Postgres postgres;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        postgres = Postgres.start(folder);
        postgres.applySchema();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void emptyTable() throws SQLException {
        query("DELETE FROM person_churn_history RETURNING customerid");
    }

    @Test
    void burstHasItsNumberOfChangesAndIsLogged() throws SQLException {
        try (LoadGenerator load = start("rate=1000,burst=300ms,pause=10m,seed=5")) {
            await().atMost(PATIENCE).until(() -> !lines.isEmpty());
            assertThat(load.written()).isEqualTo(300);
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("load: 300 changes (")
                .contains("next in 600 s (seed 5)");
        assertThat(count()).isPositive();
    }

    @Test
    void sameSeedGivesTheSameTable() throws SQLException {
        List<String> first = tableAfterOneBurst();
        emptyTable();
        assertThat(tableAfterOneBurst()).isEqualTo(first).hasSizeGreaterThan(50);
    }

    @Test
    void sameSeedCanRunAgainOverItsOwnRows() throws SQLException {
        List<String> first = tableAfterOneBurst();
        assertThat(tableAfterOneBurst()).containsAll(first);
        assertThat(lines).noneMatch(line -> line.contains("refused"));
    }

    @Test
    void changesAreWrittenAfterAnOutageOfPostgres() throws SQLException {
        try (LoadGenerator load = start("rate=200,burst=4s,pause=10m,seed=6")) {
            // Given
            await().atMost(PATIENCE).until(() -> load.written() > 0);
            // When
            postgres.kill();
            await().atMost(PATIENCE).until(() -> lines.stream().anyMatch(line -> line.contains("waits for Postgres")));
            postgres.start();
            // Then
            await().atMost(PATIENCE).until(() -> lines.stream().anyMatch(line -> line.startsWith("load: 800 changes")));
            assertThat(load.written()).isEqualTo(800);
        }
        assertThat(lines).anyMatch(line -> line.contains("takes changes again"));
    }

    @Test
    void requestedBurstIsWrittenWhileTheLoadIsPaused() throws SQLException {
        try (LoadSwitch load = new LoadSwitch(
                LoadSettings.parse("rate=1000,burst=100ms,pause=10m,seed=8", 1),
                List.of(new LoadSwitch.Table(LoadContracts.churn(), MODEL)),
                postgres.jdbcUrl("app"),
                lines::add)) {
            load.setPaused(true);
            load.start();
            assertThat(load.burst(0)).isEqualTo(100);
            await().atMost(PATIENCE).until(() -> !lines.isEmpty());
            assertThat(lines).singleElement().asString().startsWith("load: 100 changes (");
            assertThat(load.isPaused()).isTrue();
        }
    }

    @Test
    void sampleOfAPersonIsInsertedChangedAndDeleted() throws SQLException {
        SourceRows rows = new SourceRows(LoadContracts.churn(), postgres.jdbcUrl("app"));
        RowChange.Insert sample = rows.sample();

        assertThat(rows.write(new RowChange.Update(sample.key(), sample.values())))
                .isFalse();
        assertThat(rows.write(sample)).isTrue();
        assertThat(rows.write(new RowChange.Update(sample.key(), Map.of("tenure", "7"))))
                .isTrue();
        assertThat(query("SELECT tenure::text FROM person_churn_history")).containsExactly("7");
        assertThat(rows.write(new RowChange.Delete(sample.key()))).isTrue();
        assertThat(rows.write(new RowChange.Delete(sample.key()))).isFalse();
        assertThatThrownBy(() -> rows.write(new RowChange.Insert(List.of("K"), Map.of("tenure", "many"))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("many");
    }

    @Test
    void missingColumnIsNamed() throws SQLException {
        execute("ALTER TABLE person_churn_history RENAME COLUMN tenure TO months");
        try (LoadGenerator load = start("rate=100,burst=1s,pause=10m,seed=7")) {
            await().atMost(PATIENCE).until(() -> !lines.isEmpty());
            assertThat(lines.peek()).contains("no column tenure");
            assertThat(load.written()).isZero();
        } finally {
            execute("ALTER TABLE person_churn_history RENAME COLUMN months TO tenure");
        }
    }

    private LoadGenerator start(String settings) {
        return LoadGenerator.start(
                LoadSettings.parse(settings, 1).orElseThrow(),
                LoadContracts.churn(),
                postgres.jdbcUrl("app"),
                lines::add);
    }

    private List<String> tableAfterOneBurst() throws SQLException {
        lines.clear();
        try (LoadGenerator _ = start("rate=2000,burst=100ms,pause=10m,seed=9")) {
            await().atMost(PATIENCE).until(() -> !lines.isEmpty());
        }
        return query("SELECT t::text FROM person_churn_history t ORDER BY customerid");
    }

    private static int count() throws SQLException {
        return query("SELECT customerid FROM person_churn_history").size();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection app = postgres.connect("app");
                Statement statement = app.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection app = postgres.connect("app");
                Statement statement = app.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
