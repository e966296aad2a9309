package dev.rowcast.peer.flink;

import dev.rowcast.peer.PeerSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/// The peer of Flink: a job of one chain, with a parallelism of two.
public final class FlinkPeer {

    private static final int PARALLELISM = 2;
    private static final Duration CHECKPOINT = Duration.ofSeconds(2);

    private FlinkPeer() {}

    /// Runs until it is ended.
    ///
    /// @param arguments none; the environment has the [settings][PeerSettings]
    public static void main(String[] arguments) throws Exception {
        PeerSettings settings = PeerSettings.ofEnvironment();
        StreamExecutionEnvironment job = StreamExecutionEnvironment.createLocalEnvironment(
                PARALLELISM, configuration(settings.state().resolve("checkpoints")));
        KafkaSource<byte[]> changes = KafkaSource.<byte[]>builder()
                .setBootstrapServers(settings.kafka())
                .setTopics(settings.topic())
                .setGroupId(settings.group())
                .setStartingOffsets(OffsetsInitializer.committedOffsets())
                .setValueOnlyDeserializer(new EventBytes())
                .build();
        job.fromSource(changes, WatermarkStrategy.noWatermarks(), "changes").sinkTo(new PredictionSink(settings));
        job.execute("churn");
    }

    private static Configuration configuration(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT);
        // At least once, because the guard of the table makes a repetition harmless.
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        // The job keeps no state but its offsets, and has no shuffle.
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        RetainedCheckpoint.latest(checkpoints)
                .ifPresent(latest -> configuration.set(
                        StateRecoveryOptions.SAVEPOINT_PATH, latest.toUri().toString()));
        return configuration;
    }
}
