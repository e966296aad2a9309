package dev.rowcast.replay.deadletter;

import picocli.CommandLine.Option;

/// The options that name the topics of dead letters. The defaults are the names in strimzi/topics.yaml.
public final class DeadLetterTopics {

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Dead letter topic. Default: ${DEFAULT-VALUE}.")
    private String letters = "rowcast.dead-letters";

    @Option(names = "--record-topic", paramLabel = "TOPIC", description = "Replay topic. Default: ${DEFAULT-VALUE}.")
    private String replays = "rowcast.dead-letters-sent";

    /// {@return the name of the topic of dead letters}
    public String letters() {
        return letters;
    }

    /// {@return the topic that records which dead letters were sent again}
    public DeadLetterReplayTopic replays() {
        return new DeadLetterReplayTopic(replays, letters);
    }
}
