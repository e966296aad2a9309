package dev.rowcast.replay.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.replay.output.OutputOption;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every command for dead letters: the topics, by default those of strimzi/topics.yaml, and
/// the format of the result.
public final class DeadLetterOptions {

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Dead letter topic. Default: ${DEFAULT-VALUE}.")
    private String topic = "rowcast.dead-letters";

    @Option(names = "--record-topic", paramLabel = "TOPIC", description = "Replay topic. Default: ${DEFAULT-VALUE}.")
    private String replays = "rowcast.dead-letters-sent";

    @Mixin
    private OutputOption output;

    /// {@return the name of the topic of dead letters}
    public String topic() {
        return topic;
    }

    /// {@return the topic that records which dead letters were sent again}
    public DeadLetterReplayTopic replays() {
        return new DeadLetterReplayTopic(replays, topic);
    }

    /// Writes a result in the format of the options.
    public void write(PrintWriter out, JsonNode document, Supplier<String> table) {
        output.write(out, document, table);
    }
}
