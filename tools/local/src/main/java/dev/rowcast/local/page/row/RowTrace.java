package dev.rowcast.local.page.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The steps of the latest change of a row, each with its time. A step whose time no store keeps says so.
final class RowTrace {

    private static final String NOT_YET = "not yet";

    private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();

    private RowTrace() {}

    /// @param changes   records of the source topic, the latest last
    /// @param predicted records of the captured topic, the latest last
    /// @param cases     records of the topic of cases, the latest last
    /// @param documents of the row, as [RowDocuments] reads them
    static ArrayNode of(List<RowEvent> changes, List<RowEvent> predicted, List<RowEvent> cases, JsonNode documents) {
        RowTrace trace = new RowTrace();
        if (!changes.isEmpty()) {
            RowEvent change = changes.getLast();
            trace.change(change);
            Optional<RowEvent> prediction = predicted.reversed().stream()
                    .filter(one -> isOf(one, change))
                    .findFirst();
            trace.prediction(prediction);
            prediction.ifPresent(stored -> trace.caseEvent(stored, cases));
            trace.documents(documents);
        }
        return trace.steps;
    }

    private static boolean isOf(RowEvent prediction, RowEvent change) {
        boolean isSnapshot = change.committedAt().isEmpty();
        long lsn = prediction.after().path("source_lsn").asLong(-1);
        return isSnapshot ? lsn == 0 : lsn == change.lsn();
    }

    private void change(RowEvent change) {
        step(
                "committed",
                change.committedAt(),
                change.committedAt().isPresent()
                        ? "transaction " + change.envelope().at("/source/txId").asText("–")
                        : "a snapshot read, whose change was committed earlier");
        step("in the WAL", OptionalDouble.empty(), "last commit · change: " + change.position());
        step(
                "read by Debezium",
                change.readAt(),
                "connector " + change.envelope().at("/source/name").asText("–"));
        step("in the topic", written(change), place(change));
    }

    private void prediction(Optional<RowEvent> prediction) {
        if (prediction.isEmpty()) {
            step("decoded, scored, stored", OptionalDouble.empty(), "no prediction of this change is in the topic");
            return;
        }
        JsonNode row = prediction.get().after();
        step(
                "decoded and scored",
                OptionalDouble.empty(),
                "before it was stored; no time is kept (docs/jfr.md records it). Model "
                        + row.path("model_version").asText("–"));
        step("stored", time(row.path("predicted_at")), "clock of Postgres in the statement that stored it");
        step(
                "prediction committed",
                prediction.get().committedAt(),
                "WAL " + prediction.get().position());
        step("in the topic of predictions", written(prediction.get()), place(prediction.get()));
    }

    private void caseEvent(RowEvent prediction, List<RowEvent> cases) {
        cases.stream()
                .filter(event ->
                        event.record().timestamp() >= prediction.record().timestamp())
                .findFirst()
                .ifPresent(event -> step(
                        "event of its case in the topic",
                        written(event),
                        place(event) + ", the first after the prediction"));
    }

    private void documents(JsonNode documents) {
        for (JsonNode document : documents) {
            step(
                    "indexed",
                    OptionalDouble.empty(),
                    document.path("version").isNumber()
                            ? document.path("index").asText() + " has version "
                                    + document.path("version").asText() + "; Elasticsearch keeps no time of it"
                            : document.path("index").asText() + ": " + NOT_YET);
        }
    }

    private static OptionalDouble written(RowEvent event) {
        return OptionalDouble.of((double) event.record().timestamp());
    }

    private static String place(RowEvent event) {
        return event.record().topic() + ", partition " + event.record().partition() + ", offset "
                + event.record().offset();
    }

    private void step(String name, OptionalDouble at, String detail) {
        ObjectNode step = steps.addObject().put("step", name).put("detail", detail);
        at.ifPresentOrElse(time -> step.put("at", time), () -> step.putNull("at"));
    }

    private static OptionalDouble time(JsonNode text) {
        try {
            Instant time = OffsetDateTime.parse(text.asText()).toInstant();
            return OptionalDouble.of(time.getEpochSecond() * 1e3 + time.getNano() / 1e6);
        } catch (DateTimeParseException none) {
            return OptionalDouble.empty();
        }
    }
}
