package dev.rowcast.peer.streams;

import dev.rowcast.peer.ForestModel;
import dev.rowcast.peer.PeerSettings;
import dev.rowcast.peer.ScoreAndStore;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/// The peer of Kafka Streams.
public final class StreamsPeer {

    private static final int THREADS = 2;

    private StreamsPeer() {}

    /// Runs until it is ended.
    ///
    /// @param arguments none; the environment has the [settings][PeerSettings]
    public static void main(String[] arguments) {
        PeerSettings settings = PeerSettings.ofEnvironment();
        ForestModel model = ForestModel.load(settings.model());
        ThreadLocal<PendingChanges> pending =
                ThreadLocal.withInitial(() -> new PendingChanges(new ScoreAndStore(settings, model)));
        Topology topology = new Topology();
        topology.addSource("changes", settings.topic());
        topology.addProcessor("score", () -> new ScoreProcessor(pending::get), "changes");
        KafkaStreams streams = new KafkaStreams(topology, properties(settings), new WritingConsumers(pending::get));
        streams.setUncaughtExceptionHandler(_ -> StreamThreadExceptionResponse.REPLACE_THREAD);
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    private static Properties properties(PeerSettings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.group());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.state().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        // At least once, because the guard of the table makes a repetition harmless; exactly once ends at Kafka.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        // The default lets a thread wait up to 100 ms for records, and no punctuation is run meanwhile.
        properties.put(StreamsConfig.POLL_MS_CONFIG, ScoreProcessor.INTERVAL.toMillis());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // Found dead sooner after a kill than by the default of 45 s.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        return properties;
    }
}
