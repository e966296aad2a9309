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

/// Asks Postgres what is wrong with the path of the events of cases, and whether it is the database that the epoch was
/// recorded for.
///
/// @param postgres is asked
/// @param epoch first part of the positions that this function stores
public record CasePathQuery(AgroalDataSource postgres, int epoch) implements Supplier<List<PathProblem>> {

    private static final String SQL = PathWatch.SQL.formatted("?", "'public'", "'outboxevent'");

    /// What is wrong; blocks until the answer is there.
    ///
    /// @throws IllegalStateException when Postgres cannot say it, with its reason
    @Override
    public List<PathProblem> get() {
        try (Connection connection = postgres.getConnection();
                PreparedStatement question = connection.prepareStatement(SQL)) {
            question.setInt(1, epoch);
            try (ResultSet rows = question.executeQuery()) {
                List<PathProblem> problems = new ArrayList<>();
                while (rows.next()) {
                    problems.add(new PathProblem(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
                return List.copyOf(problems);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    JdbcRefusals.of(failure).reason(), failure);
        }
    }
}
