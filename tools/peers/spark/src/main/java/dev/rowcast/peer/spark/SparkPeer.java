package dev.rowcast.peer.spark;

import dev.rowcast.peer.PeerSettings;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/// The peer of Spark Structured Streaming: one query on two cores, each micro-batch as soon as the one before
/// has ended.
public final class SparkPeer {

    private static final int CORES = 2;

    private SparkPeer() {}

    /// Runs until it is ended.
    ///
    /// @param arguments none; the environment has the [settings][PeerSettings]
    public static void main(String[] arguments) throws Exception {
        PeerSettings settings = PeerSettings.ofEnvironment();
        SparkSession spark = SparkSession.builder()
                .master("local[" + CORES + "]")
                .appName("churn")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.streaming.noDataMicroBatches.enabled", false)
                .getOrCreate();
        Dataset<Row> events = spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", settings.kafka())
                .option("subscribe", settings.topic())
                .option("startingOffsets", StartingOffsets.json(settings))
                .option("maxOffsetsPerTrigger", 20_000)
                .load()
                .select("value");
        PredictionTask task = new PredictionTask(settings);
        events.writeStream()
                .trigger(Trigger.ProcessingTime(0))
                .option(
                        "checkpointLocation",
                        settings.state().resolve("checkpoint").toString())
                // One task for each core, instead of one for each partition: every task costs milliseconds.
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
                        (batch, _) -> batch.coalesce(CORES).foreachPartition(task))
                .start()
                .awaitTermination();
    }
}
