package dev.rowcast.replay.deadletter.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.output.Table;
import dev.rowcast.replay.send.StatusCounts;
import java.util.concurrent.ConcurrentSkipListMap;

/// The results of sending dead letters. Thread safe.
///
/// @param topic of the dead letters
/// @param sent results so far
record DeadLetterSendResult(
        String topic,
        SelectedDeadLetters selected,
        StatusCounts counts,
        boolean dryRun,
        ConcurrentSkipListMap<DeadLetterId, Sent> sent) {

    /// A dead letter and its result.
    record Sent(DeadLetter letter, DeadLetterReplay replay) {}

    void add(DeadLetter letter, DeadLetterReplay replay) {
        sent.put(letter.id(), new Sent(letter, replay));
    }

    String text() {
        Table table = new Table("LETTER", "FUNCTION", "WAS", "NOW", "MESSAGE");
        if (dryRun) {
            selected.toSend().forEach(letter -> row(table, letter, DeadLetter.UNKNOWN, letter.message()));
        }
        sent.values()
                .forEach(one -> row(
                        table,
                        one.letter(),
                        one.replay().summary(),
                        one.replay().message()));
        String result = dryRun
                ? "%d letters would be sent, nothing was"
                        .formatted(selected.toSend().size())
                : "%d accepted, %d refused".formatted(counts.accepted(), counts.refused());
        String acceptedBefore = selected.accepted().isEmpty()
                ? ""
                : ", %d accepted before (--again sends them, too)"
                        .formatted(selected.accepted().size());
        return table.paragraph() + result + acceptedBefore + "\n";
    }

    private static void row(Table table, DeadLetter letter, String now, String message) {
        table.row(letter.id(), letter.function(), letter.reason(), now, message);
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("topic", topic)
                .put("dryRun", dryRun)
                .put("chosen", selected.toSend().size())
                .put("acceptedBefore", selected.accepted().size())
                .put("accepted", counts.accepted())
                .put("refused", counts.refused());
        document.set("statuses", counts.document());
        ArrayNode letters = document.putArray("letters");
        sent.values().forEach(one -> {
            ObjectNode letter = one.letter().document();
            letter.set("sentAgain", one.replay().document());
            letters.add(letter);
        });
        return document;
    }
}
