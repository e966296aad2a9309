package dev.rowcast.local.page.feed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.drift.Psi;
import dev.rowcast.drift.Shift;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes what is known as the JSON of the page's messages. A figure that is not known is null.
final class Messages {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Messages() {}

    static ObjectNode names(PathNames path) {
        return JSON.objectNode()
                .put("sourceTable", path.sourceTable())
                .put("capturedTable", path.capturedTable())
                .put("sourceTopic", path.sourceTopic())
                .put("capturedTopic", path.capturedTopic())
                .put("deadLetterTopic", path.deadLetterTopic())
                .put("sourceIndex", path.sourceIndex())
                .put("capturedIndex", path.capturedIndex())
                .put("predictor", path.predictor())
                .put("indexer", path.indexer())
                .put("model", path.model())
                .put("threshold", path.threshold())
                .put("leastRows", Shift.LEAST_ROWS)
                .put("someShift", Psi.SOME)
                .put("largeShift", Psi.LARGE);
    }

    static ArrayNode rows(Iterable<Prediction> predictions) {
        ArrayNode rows = JSON.arrayNode();
        for (Prediction prediction : predictions) {
            ObjectNode row = rows.addObject()
                    .put("key", prediction.key())
                    .put("operation", prediction.operation())
                    .put("storedAt", prediction.storedAt().toEpochMilli());
            prediction
                    .score()
                    .ifPresentOrElse(
                            score -> row.put("probability", score.probability()).put("label", score.label()),
                            () -> row.putNull("probability").putNull("label"));
            prediction
                    .latency()
                    .ifPresentOrElse(
                            latency -> row.put("latency", latency.toNanos() / 1e6), () -> row.putNull("latency"));
        }
        return rows;
    }

    static ObjectNode latency(Latencies latencies) {
        ObjectNode latency = JSON.objectNode().put("count", latencies.count());
        latencies.percentile(0.5).ifPresent(p50 -> latency.put("p50", p50));
        latencies.percentile(0.99).ifPresent(p99 -> latency.put("p99", p99));
        return latency;
    }

    static ObjectNode state(PathNames path, PageState known) {
        ObjectNode state = JSON.objectNode();
        counts(state.putObject("tables"), known.tables, path.sourceTable(), path.capturedTable());
        counts(
                state.putObject("topics"),
                known.topics,
                path.sourceTopic(),
                path.capturedTopic(),
                path.deadLetterTopic());
        counts(state.putObject("indices"), known.indices, path.sourceIndex(), path.capturedIndex());
        ArrayNode shifts = state.putArray("shifts");
        for (Shift shift : list(known.shifts)) {
            ObjectNode column = shifts.addObject().put("column", shift.column()).put("rows", shift.rows());
            if (shift.isKnown()) {
                column.put("psi", Math.round(shift.psi() * 1000) / 1000.0);
            } else {
                column.putNull("psi");
            }
        }
        ArrayNode problems = state.putArray("problems");
        for (Problem problem : list(known.problems)) {
            problems.addObject()
                    .put("severity", problem.severity())
                    .put("problem", problem.problem())
                    .put("command", problem.command());
        }
        ObjectNode functions = state.putObject("functions");
        for (FunctionState function : list(known.functions)) {
            functions
                    .putObject(function.name())
                    .put("state", function.state())
                    .put("coldStarts", function.coldStarts())
                    .put("active", function.active())
                    .put("waiting", function.waiting());
        }
        ObjectNode sources = state.putObject("sources");
        for (SourceState source : list(known.sources)) {
            sources.putObject(source.name())
                    .put("delivered", source.delivered())
                    .put("retried", source.retried())
                    .put("deadLettered", source.deadLettered());
        }
        ObjectNode silent = state.putObject("silent");
        new TreeMap<>(known.byStation()).forEach((station, answer) -> {
            if (answer instanceof Poller.Heard.Silence<?> silence) {
                silent.put(station, silence.why());
            }
        });
        return state;
    }

    private static void counts(ObjectNode into, Poller.Heard<Map<String, Long>> heard, String... names) {
        for (String name : names) {
            switch (heard) {
                case Poller.Heard.Answer<Map<String, Long>>(Map<String, Long> counts) ->
                    into.put(name, counts.get(name));
                case Poller.Heard.Silence<Map<String, Long>> _ -> into.putNull(name);
            }
        }
    }

    private static <T> List<T> list(Poller.Heard<List<T>> heard) {
        return switch (heard) {
            case Poller.Heard.Answer<List<T>>(List<T> values) -> values;
            case Poller.Heard.Silence<List<T>> _ -> List.of();
        };
    }
}
