package dev.rowcast.local.page.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.local.page.feed.PathNames;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Everything that the stores know about one row. A store that does not answer is named in `unknown`, and the
/// rest is shown.
public final class RowView {

    private static final int MOST_SHOWN = 50;

    private final RowPlaces places;
    private final ChangeDecoder decoder;

    /// @param places where the rows of the table are
    public RowView(RowPlaces places) {
        this.places = places;
        ModelContract contract = places.contract();
        List<String> key = contract.source().key();
        this.decoder = new ChangeDecoder(
                0,
                new KeyColumns(Map.of(
                        contract.source().schema() + "." + contract.source().table(), key,
                        contract.captured().schema() + "." + contract.captured().table(), key)));
    }

    /// A part of the view.
    @FunctionalInterface
    private interface Part<T> {
        T read() throws Exception;
    }

    /// The row with a key.
    ///
    /// @param id of the key, as [dev.rowcast.change.Key#id]
    public ObjectNode read(String id) throws InterruptedException {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("key", id);
        view.put("label", places.contract().label().name());
        ObjectNode unknown = view.putObject("unknown");
        PathNames path = places.path();
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        view.set("rows", part(unknown, "Postgres", nothing, () -> new RowTables(places).read(id)));
        JsonNode documents = part(
                unknown,
                "Elasticsearch",
                JsonNodeFactory.instance.arrayNode(),
                () -> new RowDocuments(places).read(id));
        view.set("documents", documents);
        ArrayNode searches = view.putArray("searched");
        List<RowEvent> changes =
                part(unknown, "Kafka", List.of(), () -> events(path.sourceTopic(), isChangeOf(id), searches));
        List<RowEvent> predicted =
                part(unknown, "Kafka", List.of(), () -> events(path.capturedTopic(), isChangeOf(id), searches));
        List<RowEvent> cases = path.action().isEmpty()
                ? List.of()
                : part(
                        unknown,
                        "Kafka",
                        List.of(),
                        () -> events(path.action().get().eventTopic(), isKeyedBy(id), searches));
        view.set("history", history(predicted));
        view.set("trace", RowTrace.of(changes, predicted, cases, documents));
        ArrayNode events = view.putArray("events");
        List.of(changes, predicted, cases).forEach(some -> latest(some).forEach(event -> events.add(event.document())));
        return view;
    }

    private static <T> T part(ObjectNode unknown, String station, T otherwise, Part<T> part)
            throws InterruptedException {
        try {
            return part.read();
        } catch (InterruptedException closing) {
            throw closing;
        } catch (Exception failure) {
            unknown.put(
                    station, failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
            return otherwise;
        }
    }

    private List<RowEvent> events(
            String topic, Predicate<ConsumerRecord<byte[], byte[]>> condition, ArrayNode searches) {
        TopicSearch.Found found = new TopicSearch(places.kafka()).find(topic, condition);
        searches.addObject()
                .put("topic", topic)
                .put("searched", found.searched())
                .put("left", found.left());
        return found.matching().stream().map(RowEvent::of).toList();
    }

    private Predicate<ConsumerRecord<byte[], byte[]>> isChangeOf(String id) {
        // Only a record whose key has the text is decoded.
        String first =
                RowTables.values(id, places.contract().source().key().size()).getFirst();
        boolean isPlain = first.matches("[A-Za-z0-9_.-]+");
        return record -> (record.key() == null || !isPlain || new String(record.key(), UTF_8).contains(first))
                && decoder.decode(record.value()) instanceof Step.Next<Change>(Change change)
                && change.key().id().equals(id);
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> isKeyedBy(String id) {
        return record -> record.key() != null && new String(record.key(), UTF_8).equals(id);
    }

    private ArrayNode history(List<RowEvent> predicted) {
        ArrayNode history = JsonNodeFactory.instance.arrayNode();
        String label = places.contract().label().name();
        latest(predicted).forEach(event -> {
            JsonNode row = event.after();
            ObjectNode entry = history.addObject();
            entry.set("operation", row.path("operation"));
            entry.set("deleted", row.path("deleted"));
            entry.set("prediction", row.path(label + "_prediction"));
            entry.set("probability", row.path(label + "_probability"));
            entry.set("lower", row.path(label + "_lower"));
            entry.set("upper", row.path(label + "_upper"));
            entry.set("model", row.path("model_version"));
            entry.set("changedAt", row.path("source_ts"));
            entry.set("storedAt", row.path("predicted_at"));
            entry.put(
                    "position",
                    "%s · %s · %s"
                            .formatted(
                                    row.path("source_epoch").asText(),
                                    RowEvent.text(row.path("source_commit").asLong()),
                                    RowEvent.text(row.path("source_lsn").asLong())));
        });
        return history;
    }

    /// The latest first.
    private static List<RowEvent> latest(List<RowEvent> events) {
        List<RowEvent> latest = new ArrayList<>(events.subList(Math.max(0, events.size() - MOST_SHOWN), events.size()));
        return latest.reversed();
    }
}
