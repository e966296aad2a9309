package dev.rowcast.peers.contender;

import dev.rowcast.peers.bed.ResultTables;
import java.util.Arrays;
import java.util.List;

/// A system that scores the changes of the topic.
public enum Contender {
    /// The predictor, behind the stand-in for Knative.
    ROWCAST("Rowcast", "dev.rowcast.peers.contender.RowcastPath"),
    /// Kafka Streams with ONNX Runtime.
    STREAMS("Kafka Streams", "dev.rowcast.peer.streams.StreamsPeer"),
    /// Flink with ONNX Runtime.
    FLINK("Flink", "dev.rowcast.peer.flink.FlinkPeer"),
    /// Spark Structured Streaming with ONNX Runtime.
    SPARK("Spark", "dev.rowcast.peer.spark.SparkPeer");

    private final String title;
    private final String mainClass;

    Contender(String title, String mainClass) {
        this.title = title;
        this.mainClass = mainClass;
    }

    /// The contenders of a list of names.
    ///
    /// @param only such as `rowcast,flink`; blank for all
    /// @throws IllegalArgumentException for an unknown name
    public static List<Contender> of(String only) {
        if (only.isBlank()) {
            return List.of(values());
        }
        return Arrays.stream(only.split(",", -1)).map(Contender::named).toList();
    }

    private static Contender named(String name) {
        return Arrays.stream(values())
                .filter(contender -> contender.id().equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ONLY=" + name + ": no such contender; known: "
                        + Arrays.stream(values()).map(Contender::id).toList()));
    }

    /// The name in file names, tables and groups.
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The name in tables and plots.
    public String title() {
        return title;
    }

    /// The result table.
    public String table() {
        return this == ROWCAST ? ResultTables.CAPTURED : "peer_" + id() + ".person_churn_history_captured";
    }

    /// The class to run.
    String mainClass() {
        return mainClass;
    }
}
