package dev.rowcast.replay.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Columns of text, each as wide as its widest cell.
public final class Table {

    /// A cell can hold more of everything than a terminal; control characters would do to it what they like.
    private static final int WIDEST = 200;

    private final List<List<String>> rows = new ArrayList<>();

    /// @param heads names of the columns
    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /// Adds a row with a cell for each column.
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(printable(cell.toString()));
        }
        rows.add(row);
        return this;
    }

    /// Whether there is nothing below the heads.
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /// How many rows stand below the heads.
    public int size() {
        return rows.size() - 1;
    }

    /// The table, with a line feed after each line.
    public String text() {
        List<Integer> widths = IntStream.range(0, rows.getFirst().size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
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

    /// Text that does nothing to a terminal.
    public static String printable(String cell) {
        String text = cell.replaceAll("\\p{Cntrl}", "?");
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "…";
    }
}
