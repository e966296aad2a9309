package dev.rowcast.peers.report;

import java.util.List;

/// Bars in groups, as an SVG image.
///
/// @param title above the bars
/// @param groups names of the groups
/// @param series names of the bars of each group
/// @param values for each series, a value for each group; a value that is not finite has no bar
record BarChart(String title, List<String> groups, List<String> series, List<List<Double>> values) {

    private static final List<String> COLOURS = List.of("#0b6e4f", "#c2571a", "#7a3e9d", "#2563a8");
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int TOP = 64;
    private static final int BOTTOM = 36;
    private static final int SIDE = 16;

    /// The image.
    String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-label="%3$s" font-family="sans-serif" font-size="12" fill="#1a1a1a">
                <title>%3$s</title>
                <rect width="%1$d" height="%2$d" fill="#ffffff"/>
                <text x="%4$d" y="24" font-size="15" font-weight="bold">%3$s</text>
                """.formatted(WIDTH, HEIGHT, title, SIDE));
        legend(svg);
        double highest = values.stream()
                .flatMap(List::stream)
                .filter(Double::isFinite)
                .mapToDouble(value -> value)
                .max()
                .orElse(1);
        double groupWidth = (WIDTH - 2.0 * SIDE) / groups.size();
        double barWidth = groupWidth * 0.8 / series.size();
        for (int group = 0; group < groups.size(); group++) {
            double left = SIDE + group * groupWidth;
            svg.append("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                    .formatted(left + groupWidth / 2, HEIGHT - 14, groups.get(group)));
            for (int bar = 0; bar < series.size(); bar++) {
                bar(
                        svg,
                        left + groupWidth * 0.1 + bar * barWidth,
                        barWidth,
                        values.get(bar).get(group),
                        highest,
                        bar);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        int x = SIDE;
        for (int i = 0; i < series.size(); i++) {
            svg.append(
                    "<rect x=\"%d\" y=\"36\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"46\">%s</text>\n"
                            .formatted(x, colour(i), x + 18, series.get(i)));
            x += 150;
        }
    }

    private static void bar(StringBuilder svg, double x, double width, double value, double highest, int place) {
        if (!Double.isFinite(value)) {
            return;
        }
        double height = Math.max(1, (HEIGHT - TOP - BOTTOM - 14) * value / highest);
        double y = HEIGHT - BOTTOM - height;
        svg.append(("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>"
                        + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n")
                .formatted(x + 1, y, width - 2, height, colour(place), x + width / 2, y - 4, label(value)));
    }

    private static String label(double value) {
        return value >= 100
                ? "%,.0f".formatted(value)
                : value >= 10 ? "%.0f".formatted(value) : "%.1f".formatted(value);
    }

    private static String colour(int place) {
        return COLOURS.get(place % COLOURS.size());
    }
}
