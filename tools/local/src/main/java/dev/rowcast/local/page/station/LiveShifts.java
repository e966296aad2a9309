package dev.rowcast.local.page.station;

import dev.rowcast.drift.Bins;
import dev.rowcast.drift.Shift;
import dev.rowcast.local.page.feed.StationQuery;
import dev.rowcast.model.contract.ModelContract;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// How far what the predictor has scored in the last days has shifted since training, by the counts that it keeps in
/// `rowcast_drift`.
public final class LiveShifts implements StationQuery<List<Shift>>, AutoCloseable {

    /// Today and six days more, as the predictor's own window is unless it is set.
    private static final String COUNTS = """
            SELECT counts FROM public.rowcast_drift
            WHERE model_version = ? AND bins = ? AND day > (now() AT TIME ZONE 'UTC')::date - 7""";

    private final PostgresQuery connection;
    private final ModelContract contract;
    private final Bins bins;

    /// @param uri the database as JDBC has it, with a user who may read the counts, and the password
    /// @param contract of the model that scores
    public LiveShifts(String uri, ModelContract contract) {
        this.connection = new PostgresQuery(uri);
        this.contract = contract;
        this.bins = Bins.of(contract);
    }

    @Override
    public synchronized List<Shift> read() throws SQLException {
        try (PreparedStatement statement = connection.get().prepareStatement(COUNTS)) {
            statement.setString(1, contract.model().version());
            statement.setString(2, bins.digest());
            List<Long[]> days = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    days.add((Long[]) rows.getArray(1).getArray());
                }
            }
            return bins.shifts(bins.sum(days));
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
