package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Finds the reason why Funqy has no function for a request. Funqy's own statuses are not usable:
/// KafkaSource retries an event that is answered 404, and a dead letter with 406 has no reason.
final class UnroutedEvent {

    private static final String ID = "ce-id";
    private static final String TYPE = "ce-type";

    private UnroutedEvent() {}

    /// @param request a request that Funqy refused
    static Rejected rejection(HttpServerRequest request) {
        if (request.getHeader(ID) != null) {
            String type = request.getHeader(TYPE);
            return new Rejected(
                    Reason.TYPE_UNKNOWN,
                    type == null ? "the CloudEvent has no type" : "events of type " + type + " are not expected here");
        }
        return StructuredMode.isUsedBy(request.getHeader(HttpHeaders.CONTENT_TYPE))
                ? new Rejected(Reason.TYPE_UNKNOWN, "events of the CloudEvent's type are not expected here")
                : new Rejected(Reason.NO_ENVELOPE, "not a CloudEvent: no header ce-id, and no structured mode");
    }
}
