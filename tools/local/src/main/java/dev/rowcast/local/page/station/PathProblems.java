package dev.rowcast.local.page.station;

import dev.rowcast.local.page.feed.Problem;
import dev.rowcast.local.page.feed.StationQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What `public.rowcast_problems` says of the path of changes, the worst first.
public final class PathProblems implements StationQuery<List<Problem>>, AutoCloseable {

    private final PostgresQuery connection;

    /// @param uri the database as JDBC has it, with a user who may read the view, and the password
    public PathProblems(String uri) {
        this.connection = new PostgresQuery(uri);
    }

    @Override
    public synchronized List<Problem> read() throws SQLException {
        try (Statement statement = connection.get().createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT severity, problem, command"
                        + " FROM public.rowcast_problems ORDER BY severity, problem")) {
            List<Problem> problems = new ArrayList<>();
            while (rows.next()) {
                problems.add(new Problem(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return List.copyOf(problems);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
