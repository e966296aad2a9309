package dev.rowcast.local.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rowcast.local.load.LoadGenerator;
import dev.rowcast.local.load.LoadSettings;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.station.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The printed tables of a model of several classes (odd names, a key of a text and a date) and of a number.
class TypedSchemaIT {

    private static final String KIND = """
        INSERT INTO "Lager"."Käufe captured" ("Nr", "Tag", "Art_prediction", "Art_probability", "Art_probabilities",
            model_version, source_epoch, source_lsn, source_ts, operation)
        VALUES ('%s', '2024-05-01', %s, %s, %s, 'm', 0, 1, now(), 'c')\
        """;
    private static final String PRICE = """
        INSERT INTO house_captured (id, price_prediction, price_lower, price_upper,
            model_version, source_epoch, source_lsn, source_ts, operation)
        VALUES (%d, %s, %s, %s, 'm', 0, 1, now(), 'c')\
        """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Database database;

    @BeforeAll
    static void applyTwice(@TempDir Path folder) throws SQLException {
        database = Database.start(folder);
        for (ModelContract contract :
                List.of(SchemaModels.contract(SchemaModels.KINDS), SchemaModels.contract(SchemaModels.PRICES))) {
            database.execute(SchemaSql.of(contract));
            database.execute(SchemaSql.of(contract));
        }
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static List<String> columns(String table) throws SQLException {
        return database.rows("""
            SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
            WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum\
            """.formatted(table)).stream()
                .map(column -> column.get("name") + " " + column.get("type"))
                .toList();
    }

    @Test
    void sourceTableHasEachColumnOnce() throws SQLException {
        assertThat(columns("\"Lager\".\"Käufe \"\"2024\"\"\""))
                .containsExactly(
                        "Nr character varying(20)",
                        "Tag date",
                        "Farbe text",
                        "Größe \"cm\" text",
                        "verkauft am timestamp with time zone",
                        "code character(3)",
                        "origin uuid",
                        "Art text");
        assertThat(columns("house"))
                .containsExactly(
                        "id bigint",
                        "area double precision",
                        "built date",
                        "note character varying(40)",
                        "price double precision");
    }

    @Test
    void capturedTableHasTheColumnsOfItsKind() throws SQLException {
        assertThat(columns("\"Lager\".\"Käufe captured\""))
                .contains("Art_prediction text", "Art_probability double precision", "Art_probabilities jsonb")
                .doesNotContain("Art_threshold double precision");
        assertThat(columns("house_captured"))
                .containsSubsequence(
                        "price double precision",
                        "price_prediction double precision",
                        "price_lower double precision",
                        "price_upper double precision",
                        "model_version text");
    }

    @Test
    void commentOfAColumnNamesEachPart() throws SQLException {
        assertThat(database.rows("SELECT col_description('house'::regclass, 3) AS text")
                        .getFirst())
                .isEqualTo(Map.of(
                        "text",
                        "Its days since 1970-01-01: from -3000 to 20000 in training. Its month: from 1 to 12"
                                + " in training."));
    }

    @Test
    void predictionIsStored() throws SQLException {
        database.execute(KIND.formatted("stored", "'groß'", "0.5", "'{\"groß\": 0.5}'"));
        database.execute(PRICE.formatted(1, "7", "7", "9"));
    }

    @ParameterizedTest
    @CsvSource({
        "'riesig', 0.5, '{}', captured_prediction_is_a_label",
        "'groß', 1.5, '{}', captured_probability_is_one",
        "'groß', 0.5, NULL, captured_live_row_is_scored",
        "NULL, 0.5, '{}', captured_live_row_is_scored"
    })
    void wrongClassIsRefused(String label, String probability, String probabilities, String constraint) {
        String insert = KIND.formatted("wrong", quoted(label), probability, quoted(probabilities));

        assertThatThrownBy(() -> database.execute(insert)).hasMessageContaining(constraint);
    }

    private static String quoted(String text) {
        return text.equals("NULL") ? text : "'" + text + "'";
    }

    @ParameterizedTest
    @CsvSource({
        "7, 8, 9, captured_prediction_is_in_its_interval",
        "NULL, 8, 9, captured_live_row_is_scored",
        "8.5, 8, NULL, captured_live_row_is_scored"
    })
    void wrongNumberIsRefused(String value, String lower, String upper, String constraint) {
        assertThatThrownBy(() -> database.execute(PRICE.formatted(2, value, lower, upper)))
                .hasMessageContaining(constraint);
    }

    @Test
    void changesOfATableWithOddNamesAreGuarded() throws SQLException {
        String table = "\"Lager\".\"Käufe \"\"2024\"\"\"";
        database.execute("app", "INSERT INTO " + table + " (\"Nr\", \"Tag\") VALUES ('a', '2024-05-01')");
        database.execute("app", "UPDATE " + table + " SET \"verkauft am\" = now() WHERE \"Nr\" = 'a'");
        database.execute("app", "DELETE FROM " + table);

        assertThatThrownBy(() -> database.execute("TRUNCATE " + table)).hasMessageContaining("Use DELETE");
        assertThatThrownBy(() -> database.execute(
                        "app",
                        "INSERT INTO " + table + " (\"Nr\", \"Tag\", \"Farbe\")"
                                + " VALUES ('b', '2024-05-01', repeat('x', 300000))"))
                .hasMessageContaining("at most 262144");
        assertThat(database.list("SELECT problem FROM public.rowcast_check(0, 'Lager', 'Käufe \"2024\"')"))
                .noneMatch(problem -> problem.contains("public.rowcast_path") || problem.contains("REPLICA IDENTITY"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        kinds  | "Lager"."Käufe ""2024""\" | count("verkauft am") > 0 AND count("Größe ""cm""\") > 0
        prices | house                     | count(built) > 0 AND count(area) > 0
        """)
    void loadFillsTheTable(String model, String table, String filled) throws SQLException {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (LoadGenerator load = LoadGenerator.start(
                LoadSettings.parse("rate=1000,burst=200ms,pause=10m,seed=5", 1).orElseThrow(),
                SchemaModels.contract(model.equals("kinds") ? SchemaModels.KINDS : SchemaModels.PRICES),
                database.postgres().jdbcUrl("app"),
                lines::add)) {
            await().atMost(PATIENCE).until(() -> !lines.isEmpty());
            assertThat(load.written()).isEqualTo(200);
        }

        assertThat(lines).noneMatch(line -> line.contains("refused"));
        assertThat(database.list("SELECT " + filled + " FROM " + table)).containsExactly("t");
    }

    @Test
    void keyThatCannotBeDeliveredIsRefused() {
        assertThatThrownBy(() ->
                        database.execute("INSERT INTO \"Lager\".\"Käufe \"\"2024\"\"\" (\"Nr\", \"Tag\") VALUES (E'a\\n"
                                + "b', '2024-05-01')"))
                .hasMessageContaining("key_is_deliverable");
    }
}
