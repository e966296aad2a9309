package dev.rowcast.replay.deadletter.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.output.Table;
import dev.rowcast.replay.send.StatusCounts;
import java.util.Map;
import java.util.TreeMap;

/// What became of the letters. Thread safe.
final class DeadLetterSendResult {

    private record Sent(DeadLetter letter, DeadLetterReplay again) {}

    private final String topic;
    private final SelectedDeadLetters chosen;
    private final StatusCounts statuses;
    private final boolean dryRun;
    private final Map<DeadLetterId, Sent> sent = new TreeMap<>();

    DeadLetterSendResult(String topic, SelectedDeadLetters chosen, StatusCounts statuses, boolean dryRun) {
        this.topic = topic;
        this.chosen = chosen;
        this.statuses = statuses;
        this.dryRun = dryRun;
    }

    synchronized void add(DeadLetter letter, DeadLetterReplay again) {
        sent.put(letter.id(), new Sent(letter, again));
    }

    synchronized String text() {
        Table table = new Table("LETTER", "FUNCTION", "WAS", "NOW", "MESSAGE");
        if (dryRun) {
            chosen.toSend()
                    .forEach(letter ->
                            table.row(letter.id(), letter.function(), letter.reason(), "-", letter.message()));
        }
        sent.values()
                .forEach(one -> table.row(
                        one.letter().id(),
                        one.letter().function(),
                        one.letter().reason(),
                        one.again().summary(),
                        one.again().message()));
        String rows = table.isEmpty() ? "" : table.text() + "\n";
        return dryRun
                ? "%s%d letters would be sent, nothing was%s%n"
                        .formatted(rows, chosen.toSend().size(), leftAlone())
                : "%s%d accepted, %d refused%s%n".formatted(rows, statuses.accepted(), statuses.refused(), leftAlone());
    }

    synchronized ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("topic", topic)
                .put("dryRun", dryRun)
                .put("chosen", chosen.toSend().size())
                .put("acceptedBefore", chosen.accepted().size())
                .put("accepted", statuses.accepted())
                .put("refused", statuses.refused());
        document.set("statuses", statuses.document());
        document.putArray("letters");
        sent.values().forEach(one -> {
            ObjectNode letter = document.withArray("letters").addObject();
            letter.setAll(one.letter().document());
            letter.set("sentAgain", one.again().document());
        });
        return document;
    }

    private String leftAlone() {
        return chosen.accepted().isEmpty()
                ? ""
                : ", %d accepted before (--again sends them, too)"
                        .formatted(chosen.accepted().size());
    }
}
