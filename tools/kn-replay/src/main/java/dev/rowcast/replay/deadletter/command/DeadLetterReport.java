package dev.rowcast.replay.deadletter.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.output.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is said of the letters: how many there are of each kind, and those that are asked for singly.
final class DeadLetterReport {

    private final DeadLetterFilter filter;
    private final boolean singly;
    private final Map<DeadLetter, Long> kinds = new TreeMap<>(DeadLetter.BY_KIND);
    private final Table singles = new Table("LETTER", "REFUSED", "FROM", "FUNCTION", "KEY", "SENT AGAIN", "MESSAGE");
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    /// @param singly whether the letters that the filter lets through are listed one by one
    DeadLetterReport(DeadLetterFilter filter, boolean singly) {
        this.filter = filter;
        this.singly = singly;
        document.putArray(singly ? "letters" : "kinds");
    }

    /// @param replay what became of it when it was sent again; empty when it was not
    void add(DeadLetter letter, Optional<DeadLetterReplay> replay) {
        kinds.merge(letter, 1L, Long::sum);
        if (singly && filter.matches(letter)) {
            singles.row(
                    letter.id(),
                    letter.refusedAt(),
                    letter.origin(),
                    letter.function(),
                    letter.key(),
                    replay.map(DeadLetterReplay::summary).orElse(DeadLetter.UNSAID),
                    letter.message());
            ObjectNode single = document.withArray("letters").addObject();
            single.setAll(letter.document());
            replay.ifPresent(sent -> single.set("sentAgain", sent.document()));
        }
    }

    /// The whole report, with a line feed after each line.
    ///
    /// @param topic where the letters lie
    String text(String topic) {
        if (kinds.isEmpty()) {
            return "No dead letters in " + topic + ".\n";
        }
        return singly ? singles(topic) : counts(topic);
    }

    /// The same for scripts.
    ObjectNode document(String topic) {
        document.put("topic", topic).put("total", total());
        if (!singly) {
            kinds.forEach((letter, count) -> document.withArray("kinds")
                    .addObject()
                    .put("reason", letter.reason())
                    .put("function", letter.function())
                    .put("status", letter.status())
                    .put("letters", count));
        }
        return document;
    }

    private String counts(String topic) {
        Table table = new Table("REASON", "FUNCTION", "STATUS", "LETTERS");
        kinds.forEach((letter, count) -> table.row(letter.reason(), letter.function(), letter.status(), count));
        return "%d dead letters in %s:%n%n%s%n--reason REASON lists them singly; %s where all tries were over.%n"
                .formatted(total(), topic, table.text(), DeadLetter.UNSAID);
    }

    private String singles(String topic) {
        return singles.isEmpty()
                ? "None of the %d dead letters in %s is meant. There are reasons %s.%n"
                        .formatted(total(), topic, reasons())
                : "%d of %d dead letters in %s:%n%n%s".formatted(singles.size(), total(), topic, singles.text());
    }

    private long total() {
        return kinds.values().stream().mapToLong(Long::longValue).sum();
    }

    private String reasons() {
        return String.join(
                ", ", kinds.keySet().stream().map(DeadLetter::reason).distinct().toList());
    }
}
