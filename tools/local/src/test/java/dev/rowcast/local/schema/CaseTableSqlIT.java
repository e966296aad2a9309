package dev.rowcast.local.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.station.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Applies the output of `make cases` to a real Postgres: for the shipped action the table equals that of
/// `postgres/schema`.
class CaseTableSqlIT {

    private static final String PRINTED = "printed_case";

    @TempDir
    static Path folder;

    private static Database database;

    @BeforeAll
    static void applyPrintedTable() throws SQLException {
        database = Database.start(folder);
        String sql =
                CaseTableSql.of(SchemaModels.contract(SchemaModels.CHURN), "public", PRINTED, CaseRule.of("threshold"));
        database.execute(sql);
        database.execute(sql);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                SELECT attnum, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)
                FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                WHERE attrelid = 'TABLE'::regclass AND attnum > 0 ORDER BY attnum""", """
                SELECT replace(conname, 'TABLE', ''), contype, pg_get_constraintdef(oid), convalidated
                FROM pg_constraint WHERE conrelid = 'TABLE'::regclass ORDER BY 1""", """
                SELECT replace(pg_get_triggerdef(oid), 'TABLE', ''), tgenabled
                FROM pg_trigger WHERE tgrelid = 'TABLE'::regclass ORDER BY tgname""", """
                SELECT relreplident, relowner::regrole, relrowsecurity, relpersistence
                FROM pg_class WHERE oid = 'TABLE'::regclass""", """
                SELECT grantee::regrole, privilege_type, is_grantable
                FROM pg_class, aclexplode(relacl) WHERE oid = 'TABLE'::regclass ORDER BY 1, 2"""})
    void tableOfTheShippedActionEqualsTheHandWrittenOne(String catalogue) throws SQLException {
        List<Map<String, String>> written = database.rows(catalogue.replace("TABLE", "retention_case"));

        assertThat(written).isNotEmpty();
        assertThat(database.rows(catalogue.replace("TABLE", PRINTED))).isEqualTo(written);
    }

    @Test
    void everyColumnHasAComment() throws SQLException {
        assertThat(database.list("""
                        SELECT attname FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0
                        AND col_description(attrelid, attnum) IS NULL""".formatted(PRINTED))).isEmpty();
    }
}
