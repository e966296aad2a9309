package dev.rowcast.proof.bench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The figures of a benchmark that have a goal, as the rows of one table.
public final class Goals {

    private final List<Row> rows = new ArrayList<>();

    /// One figure.
    ///
    /// @param measured empty when this run could not measure it
    /// @param note why there is no figure; empty when there is one
    private record Row(String figure, String measured, String goal, String met, String note) {
        String text() {
            return String.format(Locale.ROOT, "| %-66s | %12s | %11s | %-12s |", figure, measured, goal, met) + note;
        }
    }

    /// Adds a figure that should be small.
    ///
    /// @param format of the figure, such as `%.0f ms`
    public void atMost(String figure, String format, double measured, double goal) {
        add(figure, format, measured, "≤ ", goal, measured <= goal);
    }

    /// Adds a figure that should be large.
    ///
    /// @param format of the figure, such as `%.0f/s`
    public void atLeast(String figure, String format, double measured, double goal) {
        add(figure, format, measured, "≥ ", goal, measured >= goal);
    }

    /// Adds a figure that another command measures.
    ///
    /// @param goal its text
    /// @param command that measures it
    public void elsewhere(String figure, String goal, String command) {
        rows.add(new Row(figure, "", goal, "not measured", " " + command));
    }

    private void add(String figure, String format, double measured, String relation, double goal, boolean isMet) {
        rows.add(new Row(
                figure,
                String.format(Locale.ROOT, format, measured),
                relation + String.format(Locale.ROOT, format, goal),
                isMet ? "met" : "not met",
                ""));
    }

    /// {@return the table in Markdown; a figure that another command measures is followed by that command}
    public String table() {
        return rows.stream()
                .map(Row::text)
                .collect(Collectors.joining(
                        "\n",
                        String.format(
                                        Locale.ROOT,
                                        "| %-66s | %12s | %11s | %-12s |%n",
                                        "figure",
                                        "measured",
                                        "goal",
                                        "")
                                + "|---|---|---|---|\n",
                        ""));
    }
}
