package dev.rowcast.replay.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/// Columns of text, each as wide as its widest cell.
public final class Table {

    /// Longer cells are cut, because a cell may hold more text than a terminal can show.
    private static final int MAX_LENGTH = 200;

    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();

    /// @param heads names of the columns
    public Table(String... heads) {
        rows.add(heads);
    }

    /// {@return a table of documents with the same fields: the names of the fields are the heads}
    ///
    /// @param documents a negative number in them is shown as `-`
    public static Table of(JsonNode documents) {
        Table table = new Table(documents.path(0).properties().stream()
                .map(field -> field.getKey().toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        documents.forEach(document -> table.row(document.properties().stream()
                .map(Map.Entry::getValue)
                .map(value -> value.isNumber() && value.longValue() < 0 ? "-" : value.asText())
                .toArray()));
        return table;
    }

    /// Adds a row with a cell for each column.
    public void row(Object... cells) {
        rows.add(Arrays.stream(cells).map(cell -> printable(cell.toString())).toArray(String[]::new));
    }

    /// {@return the number of rows below the heads}
    public int size() {
        return rows.size() - 1;
    }

    /// {@return the table, with a line feed after each line; empty if it has no rows}
    public String text() {
        if (size() == 0) {
            return "";
        }
        Column[] columns = IntStream.range(0, rows.getFirst().length)
                .map(column -> rows.stream()
                        .mapToInt(row -> row[column].length())
                        .max()
                        .orElseThrow())
                .mapToObj(width -> new Column(GAP + width, GAP, Column.Overflow.TRUNCATE))
                .toArray(Column[]::new);
        TextTable table = TextTable.forColumns(CommandLine.Help.defaultColorScheme(Ansi.OFF), columns);
        rows.forEach(
                row -> table.addRowValues(Arrays.stream(row).map(Table::literal).toArray(Text[]::new)));
        return table.toString();
    }

    /// {@return the table and an empty line; empty if it has no rows}
    public String paragraph() {
        return size() == 0 ? "" : text() + "\n";
    }

    /// {@return text without control characters, which would control the terminal}
    public static String printable(String cell) {
        String text = cell.replaceAll("\\p{Cntrl}", "?");
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    /// picocli interprets `@|` as markup even without colours, so `@` always ends a piece of the text.
    private static Text literal(String cell) {
        return Arrays.stream(cell.split("(?<=@)", -1))
                .map(Ansi.OFF::text)
                .reduce(Text::concat)
                .orElseThrow();
    }
}
