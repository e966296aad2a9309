package dev.rowcast.local.deadletters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What is said of the letters: how many there are of each kind, and those of one reason singly.
final class Report {

    /// A letter can hold more of everything than a terminal; control characters would do to it what they like.
    private static final int WIDEST = 200;

    private final Optional<String> reason;
    private final Map<Letter, Long> kinds = new TreeMap<>(Letter.BY_KIND);
    private final List<List<String>> singles = new ArrayList<>();

    /// @param reason of the letters that are listed singly; empty for none
    Report(Optional<String> reason) {
        this.reason = reason;
        singles.add(List.of("TIME", "FROM", "FUNCTION", "KEY", "MESSAGE"));
    }

    void add(Letter letter) {
        kinds.merge(letter, 1L, Long::sum);
        if (reason.filter(letter.reason()::equals).isPresent()) {
            singles.add(List.of(letter.time(), letter.origin(), letter.function(), letter.key(), letter.message()));
        }
    }

    /// The whole report, with a line feed after each line.
    ///
    /// @param topic where the letters lie
    String text(String topic) {
        if (kinds.isEmpty()) {
            return "No dead letters in " + topic + ".\n";
        }
        return reason.map(wanted -> singles(topic, wanted)).orElseGet(() -> counts(topic));
    }

    private String counts(String topic) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("REASON", "FUNCTION", "STATUS", "LETTERS"));
        kinds.forEach((letter, count) ->
                rows.add(List.of(letter.reason(), letter.function(), letter.status(), Long.toString(count))));
        return "%d dead letters in %s:%n%n%s%nREASON=<reason> lists them singly; %s where all tries were over.%n"
                .formatted(total(), topic, table(rows), Letter.UNSAID);
    }

    private String singles(String topic, String wanted) {
        return singles.size() == 1
                ? "None of the %d dead letters in %s has reason %s. There are: %s.%n"
                        .formatted(total(), topic, wanted, String.join(", ", reasons()))
                : "%d of %d dead letters in %s have reason %s:%n%n%s"
                        .formatted(singles.size() - 1, total(), topic, wanted, table(singles));
    }

    private long total() {
        return kinds.values().stream().mapToLong(Long::longValue).sum();
    }

    private List<String> reasons() {
        return kinds.keySet().stream().map(Letter::reason).distinct().toList();
    }

    private static String table(List<List<String>> rows) {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream().map(Report::printable).toList())
                .toList();
        List<Integer> widths = IntStream.range(0, cells.getFirst().size())
                .mapToObj(column -> cells.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        StringBuilder text = new StringBuilder();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < row.size(); column++) {
                line.append(' ')
                        .append(row.get(column))
                        .repeat(' ', widths.get(column) - row.get(column).length() + 1);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String printable(String cell) {
        String text = cell.replaceAll("\\p{Cntrl}", "?");
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "…";
    }
}
