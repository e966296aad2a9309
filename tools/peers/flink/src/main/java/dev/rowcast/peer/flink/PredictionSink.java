package dev.rowcast.peer.flink;

import dev.rowcast.peer.ForestModel;
import dev.rowcast.peer.PeerSettings;
import dev.rowcast.peer.ScoreAndStore;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/// Scores events and stores their predictions.
final class PredictionSink implements Sink<byte[]> {

    private static final long serialVersionUID = 1;

    private final HashMap<String, String> environment;

    PredictionSink(PeerSettings settings) {
        this.environment = new HashMap<>(settings.environment());
    }

    @Override
    public SinkWriter<byte[]> createWriter(WriterInitContext context) {
        PeerSettings settings = PeerSettings.of(Map.copyOf(environment));
        return new PredictionWriter(
                new ScoreAndStore(settings, ForestModel.load(settings.model())), context.getProcessingTimeService());
    }
}
