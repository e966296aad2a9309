package dev.rowcast.local.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.model.contract.ContractCheck;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.sql.SqlType;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.postgres.SchemaFiles;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Applies the output of `make schema` to a real Postgres. For the shipped model the tables equal those of
/// `postgres/schema`; for another model they fit its contract.
class SchemaSqlIT {

    /// Queries of the catalogue; `%s` is the name of the table.
    private static final Map<String, String> CATALOGUE = Map.of(
            "columns", """
            SELECT attnum, attname, format_type(atttypid, atttypmod), attnotnull,
                   pg_get_expr(adbin, adrelid), attacl
            FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid = 'public.%s'::regclass AND attnum > 0 ORDER BY attnum\
            """,
            "constraints", """
            SELECT conname, contype, pg_get_constraintdef(oid), convalidated
            FROM pg_constraint WHERE conrelid = 'public.%s'::regclass ORDER BY conname\
            """,
            "triggers", """
            SELECT pg_get_triggerdef(oid), tgenabled
            FROM pg_trigger WHERE tgrelid = 'public.%s'::regclass ORDER BY tgname\
            """,
            "table", """
            SELECT relreplident, relowner::regrole, relrowsecurity, relpersistence
            FROM pg_class WHERE oid = 'public.%s'::regclass\
            """,
            "privileges", """
            SELECT grantee::regrole, privilege_type, is_grantable
            FROM pg_class, aclexplode(relacl) WHERE oid = 'public.%s'::regclass ORDER BY 1, 2\
            """);

    private static final String COMMENTS = """
        SELECT attname, coalesce(col_description(attrelid, attnum), 'none')
        FROM pg_attribute WHERE attrelid = 'public.%s'::regclass AND attnum > 0
        UNION ALL SELECT '', obj_description('public.%1$s'::regclass, 'pg_class') ORDER BY 1\
        """;

    private static final String PRINTED = "printed";

    @TempDir
    static Path folder;

    private static Postgres postgres;

    @BeforeAll
    static void applyPrintedSchema() throws SQLException {
        postgres = Postgres.start(folder);
        postgres.applySchema();
        execute(Postgres.DATABASE, "CREATE DATABASE " + PRINTED);
        try (Connection superuser = connect(PRINTED)) {
            new SchemaFiles(Checkout.find().resolve("postgres/schema")).apply(superuser);
        }
        execute(PRINTED, "DROP TABLE person_churn_history, person_churn_history_captured");
        execute(PRINTED, SchemaSql.of(SchemaModels.contract(SchemaModels.CHURN)));
        execute(Postgres.DATABASE, SchemaSql.of(SchemaModels.contract(SchemaModels.LOAN)));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({
        "columns, person_churn_history",
        "constraints, person_churn_history",
        "triggers, person_churn_history",
        "table, person_churn_history",
        "privileges, person_churn_history",
        "columns, person_churn_history_captured",
        "constraints, person_churn_history_captured",
        "triggers, person_churn_history_captured",
        "table, person_churn_history_captured",
        "privileges, person_churn_history_captured"
    })
    void tablesOfTheShippedModelEqualTheHandWrittenSchema(String what, String table) throws SQLException {
        String query = CATALOGUE.get(what).formatted(table);

        List<String> written = list(Postgres.DATABASE, query);
        assertThat(written).isNotEmpty();
        assertThat(list(PRINTED, query)).isEqualTo(written);
    }

    @Test
    void capturedColumnsHaveTheSameComments() throws SQLException {
        String query = COMMENTS.formatted("person_churn_history_captured");

        assertThat(list(PRINTED, query)).isEqualTo(list(Postgres.DATABASE, query));
    }

    /// The hand-written comments have the business meaning of each column, which no contract has. The
    /// generated ones list the values of the training data.
    @Test
    void sourceColumnCommentsListTheKnownValues() throws SQLException {
        assertThat(list(PRINTED, COMMENTS.formatted("person_churn_history")))
                .hasSize(22)
                .noneMatch(line -> line.endsWith("|none"))
                .contains(
                        "customerid|Key; 1 to 512 bytes, no control characters.",
                        "gender|Female, Male; others are unknown to the model.",
                        "churn|Yes or No; null while it is not known. Never a feature.");
    }

    @Test
    void printedTablesOfEachModelFitItsContract() throws SQLException {
        assertFits(PRINTED, SchemaModels.contract(SchemaModels.CHURN));
        assertFits(Postgres.DATABASE, SchemaModels.contract(SchemaModels.LOAN));
    }

    @Test
    void loansHaveTheirOwnPublicationAndSlot() throws SQLException {
        assertThat(list(
                        Postgres.DATABASE,
                        "SELECT tablename FROM pg_publication_tables WHERE pubname = 'rowcast_loan' ORDER BY 1"))
                .containsExactly(
                        "loan_application", "loan_application_captured", "rowcast_heartbeat", "rowcast_signal");
        assertThat(list(Postgres.DATABASE, """
            SELECT pubinsert, pubupdate, pubdelete, pubtruncate FROM pg_publication
            WHERE pubname = 'rowcast_loan'\
            """)).containsExactly("t|t|t|f");
        assertThat(list(
                        Postgres.DATABASE,
                        "SELECT slot_name, plugin, failover, database FROM pg_replication_slots ORDER BY 1"))
                .containsExactly(
                        "rowcast_churn|pgoutput|t|rowcast",
                        "rowcast_loan|pgoutput|t|rowcast",
                        "rowcast_outbox|pgoutput|t|rowcast");
    }

    @Test
    void applyingItAgainKeepsRowsAndSlot() throws SQLException {
        execute(Postgres.DATABASE, "INSERT INTO loan_application (id) VALUES (1)");
        String slot = "SELECT restart_lsn FROM pg_replication_slots WHERE slot_name = 'rowcast_loan'";
        List<String> before = list(Postgres.DATABASE, slot);

        execute(Postgres.DATABASE, SchemaSql.of(SchemaModels.contract(SchemaModels.LOAN)));

        assertThat(list(Postgres.DATABASE, slot)).isEqualTo(before);
        assertThat(list(Postgres.DATABASE, "SELECT id FROM loan_application")).containsExactly("1");
    }

    @Test
    void truncateOfAnotherTableIsRefusedToo() {
        assertThatThrownBy(() -> execute(Postgres.DATABASE, "TRUNCATE loan_application"))
                .hasMessageContaining("Use DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad", "good"})
    void labelsAreThoseOfTheContract(String label) throws SQLException {
        String insert = """
            INSERT INTO loan_application_captured (id, status_probability, status_prediction, model_version,
              source_epoch, source_lsn, source_ts, operation)
            VALUES (%d, 0.5, '%s', 'm', 0, 1, now(), 'c')\
            """;

        execute(Postgres.DATABASE, insert.formatted(label.length(), label));
        assertThatThrownBy(() -> execute(Postgres.DATABASE, insert.formatted(100, "Yes")))
                .hasMessageContaining("captured_prediction_is_a_label");
    }

    @Test
    void namesAndTextsWithSqlCharactersAreQuoted() throws SQLException {
        ModelContract loan = SchemaModels.contract(SchemaModels.LOAN);
        ModelContract odd = new ModelContract(
                loan.version(),
                new ModelContract.Model("Odd-1", "Odd-1-0123456789ab"),
                new ModelContract.Source(
                        "Sales", "Kunden \"A\" ; x", List.of("select", "Ort $$"), List.of(SqlType.TEXT, SqlType.TEXT)),
                new ModelContract.Captured("Guesses", "it's captured"),
                List.<Feature>copyOf(loan.features()),
                new ModelContract.Label("out\"come"),
                new Output.Binary(
                        loan.binary().tensor(),
                        loan.binary().meaning(),
                        loan.binary().column(),
                        "it's \\ bad",
                        "ünd 'good'",
                        loan.binary().threshold(),
                        loan.binary().histogram()),
                loan.training(),
                loan.parity());

        execute(Postgres.DATABASE, SchemaSql.of(odd));
        execute(Postgres.DATABASE, SchemaSql.of(odd));

        assertFits(Postgres.DATABASE, odd);
        assertThatThrownBy(() -> execute(
                        Postgres.DATABASE,
                        "INSERT INTO \"Sales\".\"Kunden \"\"A\"\" ; x\" (\"select\", \"Ort $$\") VALUES ('a',"
                                + " E'b\\n"
                                + "c')"))
                .hasMessageContaining("key_is_deliverable");
        assertThat(list(Postgres.DATABASE, """
            SELECT pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conname = 'captured_prediction_is_a_label'
            AND conrelid = '"Guesses"."it''s captured"'::regclass\
            """)).singleElement().asString().contains("it''s", "\\", "ünd ''good''");
        assertThat(list(
                        Postgres.DATABASE,
                        "SELECT has_schema_privilege('predictor', 'Guesses', 'USAGE'),"
                                + " has_schema_privilege('retention', 'Guesses', 'USAGE')"))
                .containsExactly("t|f");
    }

    private static void assertFits(String database, ModelContract contract) throws SQLException {
        ModelContract.Source source = contract.source();
        ModelContract.Captured captured = contract.captured();
        Map<String, String> columns = types(database, source.schema(), source.table());
        assertThat(ContractCheck.source(contract, columns)).isEmpty();
        assertThat(ContractCheck.captured(contract, types(database, captured.schema(), captured.table()), columns))
                .isEmpty();
    }

    private static Map<String, String> types(String database, String schema, String table) throws SQLException {
        Map<String, String> types = new HashMap<>();
        for (String column : list(database, """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
            JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
            WHERE nspname = %s AND relname = %s AND attnum > 0\
            """.formatted(Sql.text(schema), Sql.text(table)))) {
            types.put(column.substring(0, column.indexOf('|')), column.substring(column.indexOf('|') + 1));
        }
        return types;
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl("postgres").replace("/" + Postgres.DATABASE + "?", "/" + database + "?"));
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection superuser = connect(database);
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The rows, with `|` between the columns.
    private static List<String> list(String database, String sql) throws SQLException {
        try (Connection superuser = connect(database);
                Statement statement = superuser.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
