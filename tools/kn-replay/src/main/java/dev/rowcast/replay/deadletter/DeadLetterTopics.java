package dev.rowcast.replay.deadletter;

import picocli.CommandLine.Option;

/// The topics that letters lie in and are remembered in, as strimzi/topics.yaml names them.
public final class DeadLetterTopics {

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Where the letters lie. Default: ${DEFAULT-VALUE}.",
            defaultValue = "rowcast.dead-letters")
    private String letters;

    @Option(
            names = "--record-topic",
            paramLabel = "TOPIC",
            description = "What remembers which were sent again. Default: ${DEFAULT-VALUE}.",
            defaultValue = "rowcast.dead-letters-sent")
    private String sent;

    /// Where the letters lie.
    public String letters() {
        return letters;
    }

    /// What remembers which were sent again.
    public DeadLetterReplayTopic sentAgain() {
        return new DeadLetterReplayTopic(sent, letters);
    }
}
