package dev.rowcast.replay.compare;

import dev.rowcast.replay.output.Table;

/// A comparison for a terminal.
final class TextReport {

    private static final int WIDEST_BAR = 25;

    private TextReport() {}

    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        line(text, "model A", ReportText.model(comparison.contractA()));
        line(text, "model B", ReportText.model(comparison.contractB()));
        line(text, "changes", ReportText.changes(comparison));
        line(text, "flips", ReportText.flips(comparison));
        line(text, "distance", ReportText.distance(comparison));
        line(text, "PSI", ReportText.psi(comparison));
        text.append('\n').append(histogram(comparison));
        Table most = new Table("CUSTOMER", "RECORD", "A", "B", "B - A", "LABEL");
        comparison
                .mostChanged()
                .list()
                .forEach(scored -> most.row(
                        scored.key(),
                        scored.place(),
                        ReportText.number(scored.a(), 4),
                        ReportText.number(scored.b(), 4),
                        ReportText.number(scored.b() - scored.a(), 4),
                        ReportText.label(scored)));
        return most.isEmpty()
                ? text.toString()
                : text.append('\n').append(most.text()).toString();
    }

    private static void line(StringBuilder text, String what, String words) {
        text.append("  %-9s %s%n".formatted(what, words));
    }

    private static String histogram(Comparison comparison) {
        ScoreHistogram a = comparison.histogramA();
        ScoreHistogram b = comparison.histogramB();
        Table table = new Table("SCORE", "A", "", "B", "");
        double highest = 0;
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            highest = Math.max(highest, Math.max(a.share(bin), b.share(bin)));
        }
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            table.row(
                    ScoreHistogram.name(bin),
                    a.count(bin),
                    "#".repeat(width(a.share(bin), highest)),
                    b.count(bin),
                    "#".repeat(width(b.share(bin), highest)));
        }
        return table.text();
    }

    private static int width(double share, double highest) {
        return highest == 0 ? 0 : (int) Math.round(share / highest * WIDEST_BAR);
    }
}
