package dev.rowcast.peers.measure;

import dev.rowcast.testkit.station.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Questions about a result table.
///
/// @param database of all tables
/// @param table the result table
public record ResultQueries(Database database, String table) {

    private static final String SOURCE = "public.person_churn_history";
    private static final List<String> COPIED = List.of(
            "gender",
            "seniorcitizen",
            "partner",
            "dependents",
            "tenure",
            "onlinesecurity",
            "contract",
            "paymentmethod",
            "monthlycharges",
            "totalcharges");

    /// The number of measured changes whose results are stored: the key names the operation.
    public int stored(String prefix) throws SQLException {
        return count("SELECT count(*) FROM " + table + " WHERE customerid LIKE '" + prefix
                + "%' AND operation = split_part(customerid, '~', 2)");
    }

    /// The number of rows of the result table.
    public int rows(String prefix) throws SQLException {
        return count("SELECT count(*) FROM " + table + " WHERE customerid LIKE '" + prefix + "%'");
    }

    /// The time at which the result of each key was committed.
    public Map<String, Instant> committed(String prefix) throws SQLException {
        Map<String, Instant> times = new HashMap<>();
        for (Map<String, String> row : database.rows("SELECT customerid,"
                + " (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000)::bigint AS micros FROM " + table
                + " WHERE customerid LIKE '" + prefix + "%'")) {
            times.put(row.get("customerid"), micros(row.get("micros")));
        }
        return times;
    }

    /// Time of the first and the last commit of the results of a prefix.
    public Instant[] span(String prefix) throws SQLException {
        Map<String, String> row = database.rows("SELECT (extract(epoch FROM min(at)) * 1000000)::bigint AS first,"
                        + " (extract(epoch FROM max(at)) * 1000000)::bigint AS last"
                        + " FROM (SELECT pg_xact_commit_timestamp(xmin) AS at FROM " + table
                        + " WHERE customerid LIKE '" + prefix + "%') AS times")
                .getFirst();
        return new Instant[] {micros(row.get("first")), micros(row.get("last"))};
    }

    /// The number of rows of the source table without a result, or with one of another change.
    public int lost(String prefix) throws SQLException {
        return count("SELECT count(*) FROM " + SOURCE + " AS s LEFT JOIN " + table + " AS r USING (customerid)"
                + " WHERE s.customerid LIKE '" + prefix + "%' AND (r.deleted IS NOT FALSE OR (" + list("r.")
                + ") IS DISTINCT FROM (" + list("s.") + "))");
    }

    /// The number of results of deleted rows that are not marked.
    public int deletesMissed(String prefix) throws SQLException {
        return count("SELECT count(*) FROM " + table + " AS r WHERE customerid LIKE '" + prefix
                + "%' AND NOT deleted AND NOT EXISTS (SELECT FROM " + SOURCE
                + " AS s WHERE s.customerid = r.customerid)");
    }

    /// Rows with their probabilities, to be scored again.
    public List<Map<String, String>> sample(String prefix, int most) throws SQLException {
        return database.rows("SELECT * FROM " + table + " WHERE customerid LIKE '" + prefix
                + "%' AND NOT deleted ORDER BY md5(customerid) LIMIT " + most);
    }

    private int count(String sql) throws SQLException {
        return Integer.parseInt(database.text(sql));
    }

    private static Instant micros(String micros) {
        return Instant.EPOCH.plus(Duration.ofNanos(Long.parseLong(micros) * 1_000));
    }

    private static String list(String table) {
        return table + String.join(", " + table, COPIED);
    }
}
