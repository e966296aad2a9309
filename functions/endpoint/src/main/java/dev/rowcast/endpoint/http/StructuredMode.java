package dev.rowcast.endpoint.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Holds a CloudEvent in structured mode against what Funqy needs to read it. KafkaSource sends binary mode; this form
/// comes
/// from people and other tools, and Funqy answers a fault in it as if it were its own.
final class StructuredMode {

    /// The media type by which Funqy knows this mode.
    static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final List<String> NEEDED = List.of("specversion", "type");
    private static final ObjectMapper JSON = new ObjectMapper();

    private StructuredMode() {}

    /// Whether a request with this content type carries a whole CloudEvent as its body. A media type has no case, and
    /// may have parameters.
    static boolean isAnnouncedBy(String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    /// Why Funqy could not read the event; empty when it can.
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
