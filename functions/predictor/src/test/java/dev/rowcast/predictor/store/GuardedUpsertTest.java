package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.predictor.ChurnModel;
import dev.rowcast.predictor.tables.LiveColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The text of the statement. What it does, the tests against Postgres hold.
class GuardedUpsertTest {

    private static final ModelContract CONTRACT = contract();

    private static ModelContract contract() {
        try (OnnxScorer scorer = OnnxScorer.load(ChurnModel.FILE)) {
            return scorer.contract();
        }
    }

    private static Map<String, LiveColumn> columns() {
        Map<String, LiveColumn> columns = new HashMap<>();
        List.of(
                        "customerid",
                        "churn",
                        "churn_probability",
                        "churn_prediction",
                        "churn_threshold",
                        "model_version",
                        "source_epoch")
                .forEach(name -> columns.put(name, new LiveColumn("text", "\"pg_catalog\".\"text\"")));
        List.of("source_commit", "source_lsn", "source_ts", "operation", "previous", "deleted", "predicted_at")
                .forEach(name -> columns.put(name, new LiveColumn("text", "\"pg_catalog\".\"text\"")));
        CONTRACT.features()
                .forEach(feature -> columns.put(feature.name(), new LiveColumn("text", "\"pg_catalog\".\"text\"")));
        return columns;
    }

    @Test
    void everyParameterHasItsArgument() {
        GuardedUpsert statement = new GuardedUpsert(CONTRACT, columns());

        long parameters =
                Pattern.compile("\\$\\d+::").matcher(statement.sql()).results().count();
        assertThat(statement.arguments(List.of()).size()).isEqualTo((int) parameters);
    }

    @Test
    void columnIsCastToTheTypeOfTheLiveTable() {
        Map<String, LiveColumn> columns = columns();
        columns.put("tenure", new LiveColumn("smallint", "\"pg_catalog\".\"int2\""));

        assertThat(new GuardedUpsert(CONTRACT, columns).sql()).contains("::\"pg_catalog\".\"int2\" AS c");
    }

    @Test
    void labelThatIsAlsoAFeatureIsSentOnce() {
        ModelContract contract = new ModelContract(
                CONTRACT.version(),
                CONTRACT.model(),
                CONTRACT.source(),
                CONTRACT.captured(),
                CONTRACT.features(),
                new ModelContract.Label("tenure"),
                CONTRACT.output(),
                CONTRACT.training(),
                CONTRACT.parity());
        Map<String, LiveColumn> columns = columns();
        columns.put("tenure_probability", columns.get("tenure"));
        columns.put("tenure_prediction", columns.get("tenure"));
        columns.put("tenure_threshold", columns.get("tenure"));

        String sql = new GuardedUpsert(contract, columns).sql();
        assertThat(Pattern.compile("excluded\\.\"tenure\"").matcher(sql).results())
                .as("once to set it, once to compare the row")
                .hasSize(2);
    }

    @Test
    void statementIsForTheColumnsItWasMadeFor() {
        Map<String, LiveColumn> others = columns();
        others.put("tenure", new LiveColumn("bigint", "\"pg_catalog\".\"int8\""));

        GuardedUpsert statement = new GuardedUpsert(CONTRACT, columns());
        assertThat(statement.isFor(columns())).isTrue();
        assertThat(statement.isFor(others)).isFalse();
    }
}
