package dev.rowcast.proof.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.Audit;
import dev.rowcast.proof.audit.CaseEventAudit;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.testkit.station.Database;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Reads and writes the stores of a running system, as an application does.
record Stores(LocalSystem system) {

    private static final String APPLICATION = "app";
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    String jdbc() {
        return system.stations().postgres().jdbcUrl(APPLICATION);
    }

    private Database database() {
        return new Database(system.stations().postgres());
    }

    /// {@return the rows of a query, as the application sees them}
    <T> List<T> query(String sql, Database.RowReader<T> read) throws SQLException {
        return database().query(APPLICATION, sql, read);
    }

    void execute(String sql) throws SQLException {
        database().execute(APPLICATION, sql);
    }

    /// Inserts the customers `<prefix>1` to `<prefix><count>`.
    void insert(String prefix, int count) throws SQLException {
        execute("INSERT INTO person_churn_history (customerid, gender, seniorcitizen, partner, dependents, tenure,"
                + " phoneservice, multiplelines, internetservice, contract, paperlessbilling, paymentmethod,"
                + " monthlycharges, totalcharges) SELECT '" + prefix
                + "' || n, 'Female', 0, 'Yes', 'No', n % 70, 'Yes',"
                + " 'No', 'DSL', 'Month-to-month', 'Yes', 'Electronic check', 20 + n % 80, n % 4000"
                + " FROM generate_series(1, " + count + ") n");
    }

    /// Inserts a customer.
    void insert(String customer, String contract, int tenure) throws SQLException {
        execute("INSERT INTO person_churn_history (customerid, gender, seniorcitizen, partner, dependents, tenure,"
                + " phoneservice, multiplelines, internetservice, contract, paperlessbilling, paymentmethod,"
                + " monthlycharges, totalcharges) VALUES ('" + customer + "', 'Female', 0, 'Yes', 'No', "
                + tenure + ","
                + " 'No', 'No phone service', 'DSL', '" + contract
                + "', 'Yes', 'Electronic check', 29.85, 29.85)");
    }

    /// Executes a statement as superuser.
    void superuser(String sql) throws SQLException {
        database().execute(sql);
    }

    /// {@return the current LSN of the WAL}
    long lsn() throws SQLException {
        return Long.parseLong(text("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"));
    }

    double probability(String key) throws SQLException {
        return Double.parseDouble(captured("churn_probability", key));
    }

    /// {@return an expression over the captured row of a key, as text; empty when there is no such row}
    String captured(String expression, String key) throws SQLException {
        return text("SELECT " + expression + " FROM person_churn_history_captured WHERE customerid = '" + key + "'");
    }

    /// {@return status and number of a customer's case, and the reason of its end; empty when there is
    /// no case}
    String caseOf(String customer) throws SQLException {
        return text("SELECT concat_ws(' ', status, case_number, closed_because) FROM retention_case"
                + " WHERE customerid = '" + customer + "'");
    }

    /// Waits until so many rows of a captured table satisfy a condition.
    void awaitCaptured(String table, int rows, String condition) {
        await().atMost(TIMEOUT).until(() -> countCaptured(table, condition) == rows);
    }

    int countCaptured(String table, String condition) throws SQLException {
        return count("SELECT count(*) FROM " + table + " WHERE " + condition);
    }

    int count(String sql) throws SQLException {
        return Integer.parseInt(text(sql));
    }

    private String text(String sql) throws SQLException {
        List<String> found = database().list(APPLICATION, sql);
        return found.isEmpty() ? "" : String.valueOf(found.getFirst());
    }

    /// {@return a field of a prediction that a search finds by its key}
    Optional<String> searched(String field, String key) throws Exception {
        JsonNode value = elasticsearch("/person_churn_history_captured/_search?q=customerid:%22" + key
                        + "%22&filter_path=hits.hits._source." + field)
                .at("/hits/hits/0/_source/" + field);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    /// {@return a stored document; a missing node when there is none}
    JsonNode document(String index, String key) throws Exception {
        return elasticsearch("/" + index + "/_doc/" + key).path("_source");
    }

    private JsonNode elasticsearch(String path) throws Exception {
        return new JsonMapper()
                .readTree(
                        RestClient.send("GET", system.stations().elasticsearch().address() + path, "")
                                .body());
    }

    /// {@return the comparison of the stores}
    Audit audit(IndependentScorer scorer) {
        return new Audit(jdbc(), URI.create(system.stations().elasticsearch().address()), system.contract(), scorer);
    }

    /// Waits until everything is delivered and the audit finds no difference.
    void awaitNoDifferences(IndependentScorer scorer) {
        awaitNone(() -> audit(scorer).differences());
    }

    /// As above, with another model.
    void awaitNoDifferences(ModelContract contract, Path model) {
        awaitNone(() -> differences(contract, model));
    }

    private static void awaitNone(Callable<List<String>> differences) {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(differences.call()).isEmpty());
    }

    /// {@return the differences that an audit finds now, with a model of this contract}
    List<String> differences(ModelContract contract, Path model) throws Exception {
        try (IndependentScorer scorer = new IndependentScorer(model, contract)) {
            return new Audit(
                            jdbc(), URI.create(system.stations().elasticsearch().address()), contract, scorer)
                    .differences();
        }
    }

    /// {@return the comparison of cases with their events}
    CaseEventAudit caseEvents() {
        return new CaseEventAudit(jdbc(), system.stations().kafka().address(), "churn.events.retention_case");
    }
}
