package dev.rowcast.peers.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.peers.measure.Figures;
import dev.rowcast.peers.measure.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The results of a run, as text and files.
///
/// @param changes of the backfill
/// @param rates changes per second
/// @param figures of each contender
public record Report(int changes, List<Integer> rates, List<Figures> figures) {

    private static final String BEGIN = "<!-- results: written by make bench-peers OUT=docs/benchmark -->\n";
    private static final String END = "<!-- end of the results -->\n";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// The table in Markdown: a row for each metric, a column for each contender.
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add(line("", "unit", figures.stream().map(Figures::title).toList()));
        lines.add("|---|---|" + "---:|".repeat(figures.size()));
        for (int rate : rates) {
            lines.add(latency(rate, 50));
            lines.add(latency(rate, 99));
        }
        for (Metric metric : Metric.values()) {
            lines.add(line(
                    metric.title(),
                    metric.unit(),
                    figures.stream().map(one -> metric.text(one.get(metric))).toList()));
        }
        return String.join("\n", lines) + "\n";
    }

    private String latency(int rate, int percentile) {
        return line(
                "commit → result, " + rate + " changes/s, p" + percentile,
                "ms",
                figures.stream().map(one -> milliseconds(one, rate, percentile)).toList());
    }

    private static String milliseconds(Figures one, int rate, int percentile) {
        double[] percentiles = one.latencies().get(rate);
        return percentiles == null ? "–" : "%.0f".formatted(percentiles[percentile]);
    }

    private static String line(String title, String unit, List<String> cells) {
        return "| " + title + " | " + unit + " | " + String.join(" | ", cells) + " |";
    }

    /// Writes the table, the raw results and the plots. A folder beside a document of the same name, with the
    /// comments for it, also replaces the table in that document.
    ///
    /// @param folder created when it is missing
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        raw.put("processors", Runtime.getRuntime().availableProcessors());
        raw.put("java", Runtime.version().toString());
        raw.put("backfill", changes);
        raw.put("contenders", figures);
        Files.writeString(folder.resolve("results.json"), JSON.writeValueAsString(raw) + "\n");
        Files.writeString(folder.resolve("latency.csv"), csv());
        for (Map.Entry<String, BarChart> plot : Plots.of(this).entrySet()) {
            Files.writeString(
                    folder.resolve(plot.getKey() + ".svg"), plot.getValue().svg());
        }
        Path document = folder.resolveSibling(folder.getFileName() + ".md");
        if (Files.exists(document)) {
            String text = Files.readString(document);
            int begin = text.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(document, text.substring(0, begin) + table() + text.substring(text.indexOf(END)));
        } else {
            Files.writeString(folder.resolve("table.md"), table());
        }
    }

    private String csv() {
        StringBuilder lines = new StringBuilder("contender,changes_per_second,percentile,milliseconds\n");
        for (Figures one : figures) {
            one.latencies().forEach((rate, percentiles) -> {
                for (int i = 0; i < percentiles.length; i++) {
                    lines.append("%s,%d,%d,%.2f%n".formatted(one.title(), rate, i, percentiles[i]));
                }
            });
        }
        return lines.toString();
    }

    /// The titles of the contenders.
    List<String> titles() {
        return figures.stream().map(Figures::title).collect(Collectors.toList());
    }
}
