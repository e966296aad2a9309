package dev.rowcast.replay.deadletter.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.output.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A report on dead letters: the number of each kind, or a list.
final class DeadLetterReport {

    private final DeadLetterFilter filter;
    private final boolean asList;
    private final Map<DeadLetter, Long> kinds = new TreeMap<>(DeadLetter.BY_KIND);
    private final Table list = new Table("LETTER", "REFUSED", "FROM", "FUNCTION", "KEY", "SENT AGAIN", "MESSAGE");
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    /// @param asList whether the dead letters that match the filter are listed one by one
    DeadLetterReport(DeadLetterFilter filter, boolean asList) {
        this.filter = filter;
        this.asList = asList;
        document.putArray(asList ? "letters" : "kinds");
    }

    /// @param replay the result of sending it again; empty if it was not
    void add(DeadLetter letter, Optional<DeadLetterReplay> replay) {
        kinds.merge(letter, 1L, Long::sum);
        if (asList && filter.matches(letter)) {
            list.row(
                    letter.id(),
                    letter.refusedAt(),
                    letter.origin(),
                    letter.function(),
                    letter.key(),
                    replay.map(DeadLetterReplay::summary).orElse(DeadLetter.UNKNOWN),
                    letter.message());
            ObjectNode entry = letter.document();
            replay.ifPresent(result -> entry.set("sentAgain", result.document()));
            document.withArray("letters").add(entry);
        }
    }

    /// {@return the report for people, with a line feed after each line}
    ///
    /// @param topic of the dead letters
    String text(String topic) {
        if (kinds.isEmpty()) {
            return "No dead letters in " + topic + ".\n";
        }
        if (!asList) {
            return "%d dead letters in %s:%n%n%s%n--reason REASON lists them singly; %s where all tries were over.%n"
                    .formatted(
                            total(),
                            topic,
                            Table.of(document(topic).path("kinds")).text(),
                            DeadLetter.UNKNOWN);
        }
        return list.size() == 0
                ? "None of the %d dead letters in %s is meant. There are reasons %s.%n"
                        .formatted(total(), topic, reasons())
                : "%d of %d dead letters in %s:%n%n%s".formatted(list.size(), total(), topic, list.text());
    }

    /// {@return the report for scripts}
    ObjectNode document(String topic) {
        document.put("topic", topic).put("total", total());
        if (!asList) {
            ArrayNode entries = document.putArray("kinds");
            kinds.forEach((letter, count) -> entries.addObject()
                    .put("reason", letter.reason())
                    .put("function", letter.function())
                    .put("status", letter.status())
                    .put("letters", count));
        }
        return document;
    }

    private long total() {
        return kinds.values().stream().mapToLong(Long::longValue).sum();
    }

    private String reasons() {
        return kinds.keySet().stream().map(DeadLetter::reason).distinct().collect(Collectors.joining(", "));
    }
}
