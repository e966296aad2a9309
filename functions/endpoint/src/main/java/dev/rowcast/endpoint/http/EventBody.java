package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import io.quarkus.funqy.knative.events.CloudEvent;

/// Reads the body of an event.
public final class EventBody {

    private static final byte[] NONE = {};

    private EventBody() {}

    /// The data of the event; empty for a tombstone, which has no body.
    ///
    /// @throws DeliveryFailure if the event's data cannot be read, such as broken base64 in structured mode
    public static byte[] of(CloudEvent<byte[]> event) {
        try {
            byte[] data = event.data();
            return data == null ? NONE : data;
        } catch (NullPointerException noBody) {
            // Funqy 3.34 reads from a buffer that is null if the request has no body.
            return NONE;
        } catch (RuntimeException unreadable) {
            throw new DeliveryFailure(
                    new Rejected(Reason.NO_ENVELOPE, "the CloudEvent's data: " + unreadable.getMessage()));
        }
    }
}
