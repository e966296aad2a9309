package dev.rowcast.proof.fuzz.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Recordings of the real Debezium on the real Postgres: every operation, both kinds of snapshot, a changed
/// key, nulls, long texts and texts beyond ASCII.
///
/// @param recordings at least one
public record Corpus(List<Recording> recordings) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Copies the list.
    public Corpus {
        recordings = List.copyOf(recordings);
    }

    /// {@return changes of the source table, and a heartbeat}
    public static Corpus source() {
        return read("source", "heartbeat");
    }

    /// {@return changes of the captured table, and a heartbeat}
    public static Corpus captured() {
        return read("captured", "heartbeat");
    }

    /// {@return changes of both tables, events of cases, and a heartbeat}
    public static Corpus all() {
        return read("source", "captured", "cases", "heartbeat");
    }

    private static Corpus read(String... topics) {
        List<Recording> recordings = new ArrayList<>();
        for (String topic : topics) {
            try (InputStream file = Corpus.class.getResourceAsStream(topic + ".jsonl")) {
                for (String line :
                        new String(file.readAllBytes(), UTF_8).lines().toList()) {
                    recordings.add(recording(topic, JSON.readTree(line)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the recording " + topic + " cannot be read", e);
            }
        }
        return new Corpus(recordings);
    }

    private static Recording recording(String topic, JsonNode line) {
        return new Recording(
                topic,
                line.get("key").textValue(),
                JSON.convertValue(line.get("headers"), new TypeReference<>() {}),
                line.get("value").textValue());
    }
}
