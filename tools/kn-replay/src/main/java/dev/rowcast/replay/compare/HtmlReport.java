package dev.rowcast.replay.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A comparison as one page: no script, nothing from elsewhere, and every bar is a number in a table, too.
final class HtmlReport {

    private static final String TEMPLATE = "compare.html";
    private static final int HEIGHT = 180;
    private static final int WIDTH = 56;

    private HtmlReport() {}

    static String of(Comparison comparison) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("topic", text(comparison.topic()));
        parts.put("modelA", text(ReportText.model(comparison.contractA())));
        parts.put("modelB", text(ReportText.model(comparison.contractB())));
        parts.put("changes", text(ReportText.changes(comparison)));
        parts.put("flips", text(ReportText.flips(comparison)));
        parts.put("distance", text(ReportText.distance(comparison)));
        parts.put("psi", text(ReportText.psi(comparison)));
        parts.put("bars", bars(comparison));
        parts.put("bins", bins(comparison));
        parts.put("customers", customers(comparison));
        StringBuilder page = new StringBuilder();
        String template = template();
        int from = 0;
        // Part by part: what was put in is never looked at again, whatever stands in a key.
        for (int at = template.indexOf("{{"); at >= 0; at = template.indexOf("{{", from)) {
            int end = template.indexOf("}}", at);
            page.append(template, from, at).append(parts.get(template.substring(at + 2, end)));
            from = end + 2;
        }
        return page.append(template, from, template.length()).toString();
    }

    private static String template() {
        try (InputStream file = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String bars(Comparison comparison) {
        ScoreHistogram a = comparison.histogramA();
        ScoreHistogram b = comparison.histogramB();
        double highest = 1e-9;
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            highest = Math.max(highest, Math.max(a.share(bin), b.share(bin)));
        }
        StringBuilder bars = new StringBuilder();
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            int left = bin * WIDTH;
            bars.append(bar("a", left + 6, a.share(bin) / highest))
                    .append(bar("b", left + 29, b.share(bin) / highest))
                    .append("<text x=\"%d\" y=\"%d\">%s</text>\n"
                            .formatted(left + WIDTH / 2, HEIGHT + 18, ScoreHistogram.name(bin)));
        }
        return bars.toString();
    }

    private static String bar(String model, int x, double height) {
        long pixels = Math.round(height * HEIGHT);
        return "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"21\" height=\"%d\"/>\n"
                .formatted(model, x, HEIGHT - pixels, pixels);
    }

    private static String bins(Comparison comparison) {
        StringBuilder rows = new StringBuilder();
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            rows.append("<tr><th scope=\"row\">%s</th><td>%d</td><td>%s %%</td><td>%d</td><td>%s %%</td></tr>\n"
                    .formatted(
                            ScoreHistogram.name(bin),
                            comparison.histogramA().count(bin),
                            ReportText.number(100 * comparison.histogramA().share(bin), 1),
                            comparison.histogramB().count(bin),
                            ReportText.number(100 * comparison.histogramB().share(bin), 1)));
        }
        return rows.toString();
    }

    private static String customers(Comparison comparison) {
        StringBuilder rows = new StringBuilder();
        comparison
                .mostChanged()
                .list()
                .forEach(scored -> rows.append(
                        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"label\">%s</td></tr>\n"
                                .formatted(
                                        text(scored.key()),
                                        text(scored.place()),
                                        ReportText.number(scored.a(), 4),
                                        ReportText.number(scored.b(), 4),
                                        ReportText.number(scored.b() - scored.a(), 4),
                                        text(ReportText.label(scored)))));
        return rows.toString();
    }

    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
