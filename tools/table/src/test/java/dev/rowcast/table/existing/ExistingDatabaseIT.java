package dev.rowcast.table.existing;

import static dev.rowcast.table.StrangeContracts.LOAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowcast.local.schema.SchemaSql;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.action.RuleRequest;
import dev.rowcast.table.name.TableName;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingDatabaseIT {

    private static final TableName NAME = new TableName("loan");

    @TempDir
    static Path folder;

    private static Postgres postgres;

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
    void createTheTableOfTheUser() throws SQLException {
        execute("""
                DROP TABLE IF EXISTS loan_application;
                DROP ROLE IF EXISTS bank;
                CREATE ROLE bank;
                CREATE TABLE loan_application (id bigint PRIMARY KEY, seniority integer, home text, time integer,
                    age smallint, marital varchar(20), records text, job text, expenses integer, income integer, assets integer,
                    debt integer, amount integer, price integer, status text, remark text);
                ALTER TABLE loan_application OWNER TO bank;
                INSERT INTO loan_application (id, seniority) VALUES (1, 3)""");
    }

    @Test
    void checkSaysWhatWouldChangeAndChangesNothing() throws SQLException {
        assertThat(check())
                .contains(
                        "fits: wal_level is logical",
                        "fits: the database has postgres/schema",
                        "would change: replica identity from DEFAULT to FULL, which writes old rows to the WAL",
                        "would change: owner from bank to app",
                        "would change: trigger from nothing to refuse_large_row",
                        "would change: table \"public\".\"loan_application_captured\" is created",
                        "would change: publication rowcast_loan is created",
                        "would change: slot rowcast_loan is created, and retains the WAL until the connector reads it")
                .noneMatch(line -> line.startsWith("must"));
        assertThat(check()).as("a second check").contains("would change: owner from bank to app");
    }

    @Test
    void tableThatDoesNotFitIsNamedWithItsColumns() throws SQLException {
        execute("""
                ALTER TABLE loan_application ALTER income TYPE numeric, DROP COLUMN home, DROP CONSTRAINT loan_application_pkey;
                INSERT INTO loan_application (id, remark) VALUES (2, repeat('x', 300000))""");

        assertThat(check())
                .contains(
                        "must be changed first: table public.loan_application, column income: expected a type whose every"
                                + " value integer can hold, found numeric",
                        "must be changed first: table \"public\".\"loan_application\": expected the primary key [id], found []")
                .anyMatch(line ->
                        line.startsWith("must be changed first: table public.loan_application, column home: expected "))
                .anyMatch(line -> line.contains(": 1 rows are too large for Kafka; find them: SELECT * FROM "));
    }

    @Test
    void afterApplyEverythingFits() throws SQLException {
        try (ExistingDatabase database = open()) {
            database.apply(SchemaSql.of(LOAN));

            assertThat(lines(database)).isNotEmpty().allMatch(line -> line.startsWith("fits: "));
        }
        execute("""
                SELECT pg_drop_replication_slot('rowcast_loan');
                DROP PUBLICATION rowcast_loan;
                DROP TABLE loan_application, loan_application_captured""");
    }

    @Test
    void caseTableOfAnActionIsPartOfTheCheckAndOfTheSchema() throws SQLException {
        RuleRequest rule = RuleRequest.of(Map.of("ACTION", "threshold")).orElseThrow();
        Action action = new Action(rule, NAME, LOAN);
        try (ExistingDatabase database = open()) {
            assertThat(lines(database, action))
                    .contains("would change: table \"public\".\"loan_case\" is created, for the cases");

            database.apply(action.sql());

            assertThat(lines(database, action)).contains("fits: table \"public\".\"loan_case\" exists");
        }
        execute("ALTER TABLE loan_case DROP COLUMN threshold");
        try (ExistingDatabase database = open()) {
            assertThat(lines(database, action))
                    .contains("must be changed first: table \"public\".\"loan_case\", column threshold: expected double"
                            + " precision of rule threshold, found nothing");
        }
        execute("DROP TABLE loan_case");
    }

    @Test
    void anotherServerMustNotRetainTheLogForConnectorsItDoesNotHave() throws SQLException {
        try (Connection superuser = DriverManager.getConnection(postgres.jdbcUrl("postgres"))) {
            assertThat(new ServerCheck(new Catalog(superuser), NAME, true).findings())
                    .extracting(Finding::line)
                    .contains(
                            "must be changed first: slot rowcast_outbox retains the WAL, and no connector of this server"
                                    + " reads it: SELECT pg_drop_replication_slot('rowcast_outbox')");
        }
    }

    @Test
    void wrongUriIsRefusedInOneLineWithoutItsPassword() {
        for (String uri :
                List.of("localhost", "jdbc:postgresql://u:secret@h/d", "postgresql://u:secret@127.0.0.1:1/d")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ExistingDatabase.open(uri, ""))
                    .withMessageStartingWith("EXISTING ")
                    .withMessageNotContaining("secret")
                    .withMessageNotContaining("\n");
        }
    }

    private static List<String> check() throws SQLException {
        try (ExistingDatabase database = open()) {
            return lines(database);
        }
    }

    private static List<String> lines(ExistingDatabase database) throws SQLException {
        return database.check(LOAN, NAME, Optional.empty()).stream()
                .map(Finding::line)
                .toList();
    }

    private static List<String> lines(ExistingDatabase database, Action action) throws SQLException {
        return database.check(LOAN, NAME, Optional.of(action)).stream()
                .map(Finding::line)
                .toList();
    }

    private static ExistingDatabase open() {
        return ExistingDatabase.open(
                "postgresql://postgres:" + postgres.password("postgres") + "@127.0.0.1:" + postgres.port() + "/"
                        + Postgres.DATABASE,
                "");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection superuser = DriverManager.getConnection(postgres.jdbcUrl("postgres"));
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
