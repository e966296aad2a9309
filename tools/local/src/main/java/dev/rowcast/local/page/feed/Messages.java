package dev.rowcast.local.page.feed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.drift.Psi;
import dev.rowcast.drift.Shift;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.knative.source.SourceCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The JSON of the page's messages. An unknown figure is null.
final class Messages {

    private static final JsonMapper JSON = new JsonMapper();

    private Messages() {}

    static ObjectNode names(PathNames path) {
        return JSON.createObjectNode()
                .put("sourceTable", path.sourceTable())
                .put("capturedTable", path.capturedTable())
                .put("sourceTopic", path.sourceTopic())
                .put("capturedTopic", path.capturedTopic())
                .put("deadLetterTopic", path.deadLetterTopic())
                .put("sourceIndex", path.sourceIndex())
                .put("capturedIndex", path.capturedIndex())
                .put("predictor", path.predictor().name())
                .put("predictorSource", path.predictor().source())
                .put("indexer", path.indexer().name())
                .put("indexerSource", path.indexer().source())
                .put("model", path.model())
                .put("threshold", path.threshold().orElse(null))
                .put("unit", path.unit().orElse(null))
                .put("leastRows", Shift.LEAST_ROWS)
                .put("someShift", Psi.SOME)
                .put("largeShift", Psi.LARGE);
    }

    static ArrayNode rows(Iterable<Prediction> predictions) {
        ArrayNode rows = JSON.createArrayNode();
        for (Prediction prediction : predictions) {
            Optional<Double> latency = prediction.latency().map(time -> time.toNanos() / 1e6);
            ObjectNode row = rows.addObject()
                    .put("key", prediction.key())
                    .put("operation", prediction.operation())
                    .put("storedAt", prediction.storedAt().toEpochMilli())
                    .put("latency", latency.orElse(null));
            prediction.score().ifPresent(score -> score(row, score));
        }
        return rows;
    }

    private static void score(ObjectNode row, Prediction.Score score) {
        switch (score) {
            case Prediction.Score.Label(String label, double probability) ->
                row.put("label", label).put("probability", probability);
            case Prediction.Score.Value(double value, Optional<Prediction.Interval> interval) -> {
                row.put("value", value);
                interval.ifPresent(bounds -> row.put("lower", bounds.lower()).put("upper", bounds.upper()));
            }
        }
    }

    static ObjectNode latency(Latencies latencies) {
        ObjectNode latency = JSON.createObjectNode().put("count", latencies.count());
        latencies.percentile(0.5).ifPresent(p50 -> latency.put("p50", p50));
        latencies.percentile(0.99).ifPresent(p99 -> latency.put("p99", p99));
        return latency;
    }

    static ObjectNode state(PathNames path, PageState known) {
        ObjectNode state = JSON.createObjectNode();
        counts(state.putObject("tables"), known.tables, path.sourceTable(), path.capturedTable());
        counts(
                state.putObject("topics"),
                known.topics,
                path.sourceTopic(),
                path.capturedTopic(),
                path.deadLetterTopic());
        counts(state.putObject("indices"), known.indices, path.sourceIndex(), path.capturedIndex());
        ArrayNode shifts = state.putArray("shifts");
        for (Shift shift : known.shifts.orElse(List.of())) {
            shifts.addObject()
                    .put("column", shift.column())
                    .put("rows", shift.rows())
                    .put("psi", shift.isKnown() ? Double.valueOf(Math.round(shift.psi() * 1000) / 1000.0) : null);
        }
        state.set("problems", JSON.valueToTree(known.problems.orElse(List.of())));
        ObjectNode functions = state.putObject("functions");
        for (FunctionStatus function : known.functions.orElse(List.of())) {
            functions
                    .putObject(function.name())
                    .put("state", function.state())
                    .put("coldStarts", function.coldStarts())
                    .put("active", function.active())
                    .put("waiting", function.waiting());
        }
        ObjectNode sources = state.putObject("sources");
        Map<String, SourceCounts.Snapshot> counts = known.sources.orElse(Map.of());
        counts.forEach((name, source) -> sources.putObject(name)
                .put("delivered", source.delivered())
                .put("retried", source.retried())
                .put("deadLettered", source.deadLettered()));
        ObjectNode silent = state.putObject("silent");
        new TreeMap<>(known.byStation()).forEach((station, result) -> {
            if (result instanceof Poller.Result.Failure(String why)) {
                silent.put(station, why);
            }
        });
        return state;
    }

    private static void counts(ObjectNode into, Poller.Result<Map<String, Long>> result, String... names) {
        for (String name : names) {
            into.put(name, result.orElse(Map.of()).get(name));
        }
    }
}
