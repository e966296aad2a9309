package dev.rowcast.replay.compare;

import dev.rowcast.replay.output.Table;

/// Writes a comparison for a terminal.
final class TextReport {

    private static final int MAX_BAR = 25;

    private TextReport() {}

    static String of(Comparison comparison) {
        Table most = new Table("KEY", "RECORD", "A", "B", "B - A", "LABEL");
        comparison.mostChanged().list().forEach(scores -> most.row((Object[]) ReportText.row(scores)));
        return line("model A", ReportText.model(comparison.contractA()))
                + line("model B", ReportText.model(comparison.contractB()))
                + line("changes", ReportText.changes(comparison))
                + line("flips", ReportText.flips(comparison))
                + line("distance", ReportText.distance(comparison))
                + line("PSI", ReportText.psi(comparison))
                + "\n" + histogram(comparison).text()
                + (most.size() == 0 ? "" : "\n" + most.text());
    }

    private static String line(String name, String text) {
        return "  %-9s %s%n".formatted(name, text);
    }

    private static Table histogram(Comparison comparison) {
        Table table = new Table("SCORE", "A", "", "B", "");
        double largest = Math.max(comparison.largestShare(), Double.MIN_NORMAL);
        for (int bin = 0; bin < comparison.bins().size(); bin++) {
            table.row(
                    comparison.bins().names().get(bin),
                    comparison.histogramA().count(bin),
                    bar(comparison.histogramA().share(bin) / largest),
                    comparison.histogramB().count(bin),
                    bar(comparison.histogramB().share(bin) / largest));
        }
        return table;
    }

    private static String bar(double length) {
        return "#".repeat((int) Math.round(length * MAX_BAR));
    }
}
