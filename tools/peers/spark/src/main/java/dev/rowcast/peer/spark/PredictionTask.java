package dev.rowcast.peer.spark;

import dev.rowcast.peer.ChangeReader;
import dev.rowcast.peer.ForestModel;
import dev.rowcast.peer.PeerChange;
import dev.rowcast.peer.PeerSettings;
import dev.rowcast.peer.ScoreAndStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;

/// Scores the events of one task of a micro-batch, and stores their predictions.
final class PredictionTask implements ForeachPartitionFunction<Row> {

    private static final long serialVersionUID = 1;
    private static final int LARGEST_BATCH = 500;

    /// Connections and models live as long as the executor, not as long as a task.
    private static final ConcurrentLinkedQueue<ScoreAndStore> IDLE = new ConcurrentLinkedQueue<>();

    private final HashMap<String, String> environment;

    PredictionTask(PeerSettings settings) {
        this.environment = new HashMap<>(settings.environment());
    }

    @Override
    public void call(Iterator<Row> events) throws SQLException {
        ScoreAndStore store = IDLE.poll();
        if (store == null) {
            PeerSettings settings = PeerSettings.of(Map.copyOf(environment));
            store = new ScoreAndStore(settings, ForestModel.load(settings.model()));
        }
        List<PeerChange> changes = new ArrayList<>();
        while (events.hasNext()) {
            ChangeReader.read(events.next().<byte[]>getAs(0)).ifPresent(changes::add);
            if (changes.size() >= LARGEST_BATCH || !events.hasNext()) {
                store.write(changes);
                changes.clear();
            }
        }
        IDLE.add(store);
    }
}
