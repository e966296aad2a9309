package dev.rowcast.kafkasource.http;

import dev.rowcast.kafkasource.event.CloudEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/// One HTTP request to a function.
///
/// @param uri path and query
/// @param body if absent, the request has neither a body nor a Content-Length
public record FunctionRequest(HttpMethod method, String uri, MultiMap headers, Optional<Buffer> body) {

    /// The client of Knative's data plane; its version changes with Knative's.
    private static final String USER_AGENT = "Vert.x-WebClient/4.5.27";

    /// {@return the request that a KafkaSource sends: binary mode, a Content-Type only if the
    /// event has one}
    ///
    /// @param namespace of the KafkaSource
    /// @throws IllegalArgumentException when an attribute cannot be a header, such as a key with
    ///     a line break
    public static FunctionRequest of(CloudEvent event, String namespace) {
        // Unlike other maps of Vert.x, this one refuses the same values as Knative's client, which uses it too.
        MultiMap headers = HttpHeaders.headers();
        headers.set("user-agent", USER_AGENT).set("Prefer", "reply").set("Kn-Namespace", namespace);
        event.contentType().ifPresent(type -> set(headers, "content-type", type));
        event.attributes().forEach((name, value) -> set(headers, "ce-" + name, value));
        return new FunctionRequest(HttpMethod.POST, "/", headers, event.data());
    }

    private static void set(MultiMap headers, String name, String value) {
        try {
            headers.set(name, value);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("HTTP header " + name + " cannot have the event's value", refused);
        }
    }
}
