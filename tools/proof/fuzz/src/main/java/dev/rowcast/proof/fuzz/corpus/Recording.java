package dev.rowcast.proof.fuzz.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.Header;
import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A record of a topic.
///
/// @param topic name of the recording
/// @param key the record's key
/// @param headers the record's headers
/// @param value the record's value
public record Recording(String topic, String key, Map<String, String> headers, String value) {

    /// Event type that KafkaSource gives to a record without CloudEvent headers.
    private static final String RECORD = "dev.knative.kafka.event";

    private static final String NATIVE = "ce_";

    /// Copies the headers.
    public Recording {
        headers = Map.copyOf(headers);
    }

    /// {@return the request that KafkaSource makes of it} A record with CloudEvent headers is sent as that
    /// event, any other record as an event of KafkaSource.
    ///
    /// @param offset of the record
    public InputDraft request(long offset) {
        List<Header> request = new ArrayList<>();
        boolean isEvent = headers.containsKey(NATIVE + "id");
        if (!isEvent) {
            request.add(new Header("ce-specversion", "1.0"));
            request.add(new Header("ce-type", RECORD));
            request.add(new Header("ce-source", "/apis/v1/namespaces/rowcast/kafkasources/fuzz#" + topic));
            request.add(new Header("ce-id", "partition:0/offset:" + offset));
            request.add(new Header("ce-subject", "partition:0#" + offset));
            request.add(new Header("ce-time", "2026-03-01T12:00:00.123Z"));
        }
        headers.forEach((name, text) -> request.add(new Header(nameOf(name), text)));
        request.add(new Header("ce-key", key));
        request.add(new Header("ce-partitionkey", key));
        request.add(new Header("ce-knativekafkapartition", "0"));
        request.add(new Header("ce-knativekafkaoffset", Long.toString(offset)));
        request.add(new Header("Prefer", "reply"));
        request.add(new Header("Kn-Namespace", "rowcast"));
        return new InputDraft(request, value.getBytes(UTF_8), !isEvent);
    }

    private static String nameOf(String header) {
        if (header.startsWith(NATIVE)) {
            return "ce-" + header.substring(NATIVE.length());
        }
        return header.equals("content-type")
                ? "Content-Type"
                : "ce-kafkaheader" + header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
