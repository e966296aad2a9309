package dev.rowcast.replay.deadletters;

import picocli.CommandLine.Option;

/// The topics that letters lie in and are remembered in, as strimzi/topics.yaml names them.
final class TopicNames {

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

    String letters() {
        return letters;
    }

    SentAgainTopic sentAgain() {
        return new SentAgainTopic(sent, letters);
    }
}
