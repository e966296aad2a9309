package dev.rowcast.replay.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes a comparison as one self-contained page without scripts. A table repeats the numbers of all bars.
final class HtmlReport {

    private static final String TEMPLATE = "compare.html";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
    private static final int HEIGHT = 180;
    private static final int WIDTH = 56;
    private static final int MOST_CHARACTERS = 9;

    private HtmlReport() {}

    static String of(Comparison comparison) {
        Map<String, String> parts = Map.ofEntries(
                Map.entry("topic", text(comparison.topic())),
                Map.entry("modelA", text(ReportText.model(comparison.contractA()))),
                Map.entry("modelB", text(ReportText.model(comparison.contractB()))),
                Map.entry("changes", text(ReportText.changes(comparison))),
                Map.entry("flips", text(ReportText.flips(comparison))),
                Map.entry("distance", text(ReportText.distance(comparison))),
                Map.entry("psi", text(ReportText.psi(comparison))),
                Map.entry("bars", bars(comparison)),
                Map.entry("bins", bins(comparison)),
                Map.entry("rows", rows(comparison)),
                Map.entry("width", Integer.toString(comparison.bins().size() * WIDTH)));
        // One pass: a placeholder in a key is not replaced.
        return PLACEHOLDER.matcher(template()).replaceAll(name -> Matcher.quoteReplacement(parts.get(name.group(1))));
    }

    private static String template() {
        try (InputStream file = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String bars(Comparison comparison) {
        double largest = Math.max(comparison.largestShare(), 1e-9);
        StringBuilder bars = new StringBuilder();
        for (int bin = 0; bin < comparison.bins().size(); bin++) {
            int left = bin * WIDTH;
            bars.append(bar("a", left + 6, comparison.histogramA().share(bin) / largest))
                    .append(bar("b", left + 29, comparison.histogramB().share(bin) / largest))
                    .append("<text x=\"%d\" y=\"%d\">%s</text>\n"
                            .formatted(
                                    left + WIDTH / 2,
                                    HEIGHT + 18,
                                    text(shortened(comparison.bins().names().get(bin)))));
        }
        return bars.toString();
    }

    private static String shortened(String name) {
        return name.length() <= MOST_CHARACTERS ? name : name.substring(0, MOST_CHARACTERS - 1) + "…";
    }

    private static String bar(String model, int x, double height) {
        long pixels = Math.round(height * HEIGHT);
        return "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"21\" height=\"%d\"/>\n"
                .formatted(model, x, HEIGHT - pixels, pixels);
    }

    private static String bins(Comparison comparison) {
        StringBuilder rows = new StringBuilder();
        for (int bin = 0; bin < comparison.bins().size(); bin++) {
            rows.append("<tr><th scope=\"row\">%s</th><td>%d</td><td>%s %%</td><td>%d</td><td>%s %%</td></tr>\n"
                    .formatted(
                            text(comparison.bins().names().get(bin)),
                            comparison.histogramA().count(bin),
                            ReportText.number(100 * comparison.histogramA().share(bin), 1),
                            comparison.histogramB().count(bin),
                            ReportText.number(100 * comparison.histogramB().share(bin), 1)));
        }
        return rows.toString();
    }

    private static String rows(Comparison comparison) {
        return comparison.mostChanged().list().stream().map(HtmlReport::row).collect(Collectors.joining());
    }

    private static String row(ScorePair scores) {
        return "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"label\">%s</td></tr>\n"
                .formatted(Arrays.stream(ReportText.row(scores))
                        .map(HtmlReport::text)
                        .toArray());
    }

    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
