package dev.rowcast.local.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.sql.SqlType;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SQL of case tables, as text.
class CaseTableSqlTest {

    /// The tables with which retention is tested as an action on other tables.
    private static final Path TESTED = Checkout.find().resolve("functions/retention/src/test/resources/cases");

    private static final SqlType BIGINT = new SqlType("bigint");

    @Test
    void actionIsTestedWithThePrintedTables() throws Exception {
        assertThat(TESTED.resolve("loan_case.sql"))
                .hasContent(CaseTableSql.of(
                        SchemaModels.contract(SchemaModels.LOAN), "public", "loan_case", CaseRule.of("threshold")));
        Map<String, SqlType> composite = new LinkedHashMap<>();
        composite.put("Land", SqlType.TEXT);
        composite.put("Kunden Nr", BIGINT);
        assertThat(TESTED.resolve("risk_case.sql"))
                .hasContent(new CaseTableSql("Sales", "Fälle \"A\"", row(composite), CaseRule.of("class")).text());
        assertThat(TESTED.resolve("house_case.sql"))
                .hasContent(new CaseTableSql(
                                "public", "house_case", row(Map.of("house", new SqlType("uuid"))), CaseRule.of("below"))
                        .text());
    }

    @Test
    void otherKindsAreRefusedWithThePossibleOnes() {
        assertThatThrownBy(() -> CaseRule.of("perhaps"))
                .isInstanceOf(ContractException.class)
                .hasMessage("RULE must be threshold, class, above or below, is perhaps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "captured_lsn", "position", "bound"})
    void keyColumnWithTheNameOfACaseColumnIsRefused(String column) {
        RowColumns key = row(Map.of(column, BIGINT));

        assertThatThrownBy(() -> new CaseTableSql("public", "a", key, CaseRule.of("above")))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining(column);
    }

    private static RowColumns row(Map<String, SqlType> key) {
        return new RowColumns(key, List.copyOf(key.keySet()));
    }
}
