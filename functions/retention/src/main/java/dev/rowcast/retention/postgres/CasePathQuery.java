package dev.rowcast.retention.postgres;

import dev.rowcast.endpoint.readiness.PathProblem;
import dev.rowcast.endpoint.readiness.PathWatch;
import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Queries Postgres for problems on the path of case events and with the epoch.
///
/// @param postgres runs the query
/// @param epoch the first part of the positions that this function stores
public record CasePathQuery(AgroalDataSource postgres, int epoch) implements Supplier<List<PathProblem>> {

    private static final String SQL = PathWatch.SQL.formatted("?", "'public'", "'outboxevent'");

    /// The problems; blocks until Postgres answers.
    ///
    /// @throws IllegalStateException if Postgres refuses the query, with the reason
    @Override
    public List<PathProblem> get() {
        try (Connection connection = postgres.getConnection();
                PreparedStatement query = connection.prepareStatement(SQL)) {
            query.setInt(1, epoch);
            try (ResultSet rows = query.executeQuery()) {
                List<PathProblem> problems = new ArrayList<>();
                while (rows.next()) {
                    problems.add(new PathProblem(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
                return List.copyOf(problems);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(JdbcRefusals.of(failure).reason(), failure);
        }
    }
}
