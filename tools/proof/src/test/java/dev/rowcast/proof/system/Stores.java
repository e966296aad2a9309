package dev.rowcast.proof.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.Audit;
import dev.rowcast.proof.audit.CaseEventAudit;
import dev.rowcast.proof.audit.IndependentScorer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// The stores of a running system, as its application sees them.
///
/// @param system runs
record Stores(LocalSystem system) {

    String jdbc() {
        return system.stations().postgres().jdbcUrl("app");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// New customers `<prefix>1` to `<prefix><count>`.
    void insert(String prefix, int count) throws SQLException {
        execute("INSERT INTO person_churn_history (customerid, gender, seniorcitizen, partner, dependents, tenure,"
                + " phoneservice, multiplelines, internetservice, contract, paperlessbilling, paymentmethod,"
                + " monthlycharges, totalcharges) SELECT '" + prefix
                + "' || n, 'Female', 0, 'Yes', 'No', n % 70, 'Yes',"
                + " 'No', 'DSL', 'Month-to-month', 'Yes', 'Electronic check', 20 + n % 80, n % 4000"
                + " FROM generate_series(1, " + count + ") n");
    }

    /// As a user who may do anything.
    void superuser(String sql) throws SQLException {
        try (Connection superuser = system.stations().postgres().connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    /// How far the WAL is.
    long lsn() throws SQLException {
        return Long.parseLong(text("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"));
    }

    double probability(String key) throws SQLException {
        return Double.parseDouble(captured("churn_probability", key));
    }

    /// What the captured table has for a key, as text; empty when there is no such row.
    String captured(String expression, String key) throws SQLException {
        return text("SELECT " + expression + " FROM person_churn_history_captured WHERE customerid = '" + key + "'");
    }

    /// Status and number of a customer's case, and why it was closed; empty when nothing was judged.
    String caseOf(String customer) throws SQLException {
        return text("SELECT concat_ws(' ', status, case_number, closed_because) FROM retention_case"
                + " WHERE customerid = '" + customer + "'");
    }

    int count(String sql) throws SQLException {
        return Integer.parseInt(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return found.next() ? String.valueOf(found.getString(1)) : "";
        }
    }

    /// What the index of predictions says about a key.
    Optional<String> searched(String field, String key) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        system.stations().elasticsearch().address()
                                                + "/person_churn_history_captured/_search?q=customerid:%22" + key
                                                + "%22&filter_path=hits.hits._source." + field))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode value = new JsonMapper().readTree(response.body()).at("/hits/hits/0/_source/" + field);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    /// A document as it was stored; a missing node when there is none.
    JsonNode document(String index, String key) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        system.stations().elasticsearch().address() + "/" + index + "/_doc/" + key))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new JsonMapper().readTree(response.body()).path("_source");
    }

    /// Holds the stores against each other.
    Audit audit(IndependentScorer scorer) {
        return new Audit(jdbc(), URI.create(system.stations().elasticsearch().address()), system.contract(), scorer);
    }

    /// What an audit finds now, by a model of this contract.
    List<String> differences(ModelContract contract, Path model) throws Exception {
        try (IndependentScorer scorer = new IndependentScorer(model, contract)) {
            return new Audit(
                            jdbc(), URI.create(system.stations().elasticsearch().address()), contract, scorer)
                    .differences();
        }
    }

    /// Holds the events of cases against the cases.
    CaseEventAudit caseEvents() {
        return new CaseEventAudit(jdbc(), system.stations().kafka().address(), "churn.events.retention_case");
    }
}
