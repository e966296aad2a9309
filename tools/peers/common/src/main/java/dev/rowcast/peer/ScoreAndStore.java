package dev.rowcast.peer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.peer.PredictionUpsert.Prediction;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/// Scores and stores batches of changes, over one connection. For one thread.
public final class ScoreAndStore implements AutoCloseable {

    private static final BinaryOperator<PeerChange> LATER = BinaryOperator.maxBy(PeerChange.BY_POSITION);

    private final PeerSettings settings;
    private final ForestModel model;
    private final PredictionUpsert upsert;
    private Connection connection;

    /// Connects when the first batch arrives.
    ///
    /// @param model shared by all threads
    public ScoreAndStore(PeerSettings settings, ForestModel model) {
        this.settings = settings;
        this.model = model;
        this.upsert = PredictionUpsert.of(settings.table(), model, settings.guarded());
    }

    /// Scores the newest change of each key in one run, and stores the results in one transaction. Returns
    /// after its commit.
    ///
    /// @throws SQLException when Postgres did not store them; the caller repeats the batch, or fails
    public void write(Collection<PeerChange> changes) throws SQLException {
        Map<String, PeerChange> newest = new HashMap<>();
        changes.forEach(change -> newest.merge(change.key(), change, LATER));
        if (newest.isEmpty()) {
            return;
        }
        List<JsonNode> rows = new ArrayList<>();
        for (PeerChange change : newest.values()) {
            if (!change.isDelete()) {
                rows.add(change.row());
            }
        }
        double[] probabilities = model.score(rows);
        List<Prediction> predictions = new ArrayList<>(newest.size());
        int next = 0;
        for (PeerChange change : newest.values()) {
            predictions.add(new Prediction(change, change.isDelete() ? 0 : probabilities[next++]));
        }
        store(predictions);
    }

    private void store(List<Prediction> predictions) throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(settings.jdbc());
        }
        try {
            upsert.store(connection, predictions);
        } catch (SQLException failure) {
            close();
            throw failure;
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            Connection used = connection;
            connection = null;
            used.close();
        }
    }
}
