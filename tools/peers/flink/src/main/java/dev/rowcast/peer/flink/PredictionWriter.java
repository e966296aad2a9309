package dev.rowcast.peer.flink;

import dev.rowcast.peer.ChangeReader;
import dev.rowcast.peer.PeerChange;
import dev.rowcast.peer.ScoreAndStore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/// Collects changes, and stores them when the batch is full, a few milliseconds after the first of them, and
/// before each checkpoint.
final class PredictionWriter implements SinkWriter<byte[]> {

    private static final int LARGEST_BATCH = 500;
    private static final long INTERVAL_MILLIS = 5;

    private final ScoreAndStore store;
    private final ProcessingTimeService time;
    private final List<PeerChange> changes = new ArrayList<>();

    PredictionWriter(ScoreAndStore store, ProcessingTimeService time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public void write(byte[] event, Context context) throws IOException {
        ChangeReader.read(event).ifPresent(changes::add);
        if (changes.size() >= LARGEST_BATCH) {
            store();
        } else if (changes.size() == 1) {
            ScheduledFuture<?> _ = time.registerTimer(time.getCurrentProcessingTime() + INTERVAL_MILLIS, _ -> store());
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        store();
    }

    private void store() throws IOException {
        try {
            store.write(changes);
            changes.clear();
        } catch (SQLException failure) {
            throw new IOException("the predictions cannot be stored", failure);
        }
    }

    @Override
    public void close() throws SQLException {
        store.close();
    }
}
