package dev.rowcast.endpoint.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Checks whether Funqy can read a CloudEvent in structured mode. KafkaSource sends binary mode; other
/// tools send this mode, and Funqy answers a faulty event with 500.
final class StructuredMode {

    /// The media type of this mode in Funqy.
    static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final List<String> NEEDED = List.of("specversion", "type");
    private static final ObjectMapper JSON = new ObjectMapper();

    private StructuredMode() {}

    /// Returns whether a request with this content type has a whole CloudEvent as its body. Media types are
    /// case insensitive and can have parameters.
    static boolean isUsedBy(String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    /// The reason why Funqy cannot read the event; empty if it can.
    ///
    /// @param body the body of the request
    static Optional<Rejected> faultOf(byte[] body) {
        try {
            JsonNode event = JSON.readTree(body);
            return NEEDED.stream()
                    .filter(attribute -> !event.path(attribute).isTextual())
                    .map(attribute -> new Rejected(
                            Reason.NO_ENVELOPE, "the CloudEvent has no attribute " + attribute + " that is a text"))
                    .findFirst();
        } catch (JsonProcessingException notJson) {
            return Optional.of(new Rejected(Reason.NOT_JSON, "the CloudEvent: " + notJson.getOriginalMessage()));
        } catch (IOException unreadable) {
            return Optional.of(new Rejected(Reason.NOT_JSON, "the CloudEvent: " + unreadable.getMessage()));
        }
    }
}
