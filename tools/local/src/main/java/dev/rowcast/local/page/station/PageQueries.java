package dev.rowcast.local.page.station;

import dev.rowcast.drift.Bins;
import dev.rowcast.drift.Shift;
import dev.rowcast.local.page.feed.Problem;
import dev.rowcast.model.contract.ModelContract;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The queries of Postgres. The parameter `uri` is the JDBC URL of the database, with password, for a user
/// who may read the tables.
public final class PageQueries {

    /// Today and the six days before, the default window of the predictor.
    private static final String DRIFT_COUNTS = """
            SELECT counts FROM public.rowcast_drift
            WHERE model_version = ? AND bins = ? AND day > (now() AT TIME ZONE 'UTC')::date - 7""";

    private static final String PROBLEMS = """
            SELECT DISTINCT severity, problem, command FROM public.rowcast_problems ORDER BY severity, problem""";

    private PageQueries() {}

    /// Counts the rows of the source table, the rows of the captured table that are not deleted, and the open
    /// cases, by table name.
    ///
    /// @param cases the table of the cases with its schema; empty when the table has no action
    public static PostgresQuery<Map<String, Long>> tableCounts(
            String uri, ModelContract contract, Optional<QualifiedTable> cases) {
        ModelContract.Source source = contract.source();
        ModelContract.Captured captured = contract.captured();
        QualifiedTable sourceTable = new QualifiedTable(source.schema(), source.table());
        QualifiedTable capturedTable = new QualifiedTable(captured.schema(), captured.table());
        String sql = "SELECT (SELECT count(*) FROM %s), (SELECT count(*) FROM %s WHERE NOT deleted), %s"
                .formatted(
                        sourceTable.quoted(),
                        capturedTable.quoted(),
                        cases.map(table -> "(SELECT count(*) FROM " + table.quoted() + " WHERE status = 'open')")
                                .orElse("NULL"));
        return new PostgresQuery<>(uri, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet counts = statement.executeQuery(sql)) {
                counts.next();
                Map<String, Long> byTable = new HashMap<>();
                byTable.put(source.table(), counts.getLong(1));
                byTable.put(captured.table(), counts.getLong(2));
                if (cases.isPresent()) {
                    byTable.put(cases.get().table(), counts.getLong(3));
                }
                return byTable;
            }
        });
    }

    /// Computes how far the changes scored in the last days have shifted since training, from the counts
    /// that the predictor stores in `rowcast_drift`.
    public static PostgresQuery<List<Shift>> shifts(String uri, ModelContract contract) {
        Bins bins = Bins.of(contract);
        return new PostgresQuery<>(uri, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DRIFT_COUNTS)) {
                statement.setString(1, contract.model().version());
                statement.setString(2, bins.digest());
                List<Long[]> days = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        days.add((Long[]) rows.getArray(1).getArray());
                    }
                }
                return bins.shifts(bins.sum(days));
            }
        });
    }

    /// Reads `public.rowcast_problems`, the most severe problem first.
    public static PostgresQuery<List<Problem>> problems(String uri) {
        return new PostgresQuery<>(uri, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(PROBLEMS)) {
                List<Problem> problems = new ArrayList<>();
                while (rows.next()) {
                    problems.add(new Problem(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
                return List.copyOf(problems);
            }
        });
    }
}
