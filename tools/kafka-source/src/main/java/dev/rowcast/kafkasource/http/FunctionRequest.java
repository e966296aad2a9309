package dev.rowcast.kafkasource.http;

import dev.rowcast.kafkasource.event.CloudEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.regex.Pattern;

/// One HTTP request to a function.
///
/// @param uri path and query
/// @param body if absent, the request has neither a body nor a Content-Length
public record FunctionRequest(HttpMethod method, String uri, MultiMap headers, Optional<Buffer> body) {

    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00\\n\\x0b\\f\\r]");

    /// {@return the request that a KafkaSource sends: binary mode, a Content-Type only if the
    /// event has one}
    ///
    /// @param namespace of the KafkaSource
    /// @throws IllegalArgumentException when an attribute cannot be a header, such as a key with
    ///     a line break
    public static FunctionRequest of(CloudEvent event, String namespace) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.set("Prefer", "reply").set("Kn-Namespace", namespace);
        event.contentType().ifPresent(type -> headers.set("content-type", type));
        event.attributes().forEach((name, value) -> headers.set("ce-" + name, checked(name, value)));
        return new FunctionRequest(HttpMethod.POST, "/", headers, event.data());
    }

    private static String checked(String name, String value) {
        if (FORBIDDEN.matcher(value).find()) {
            throw new IllegalArgumentException("attribute " + name + " cannot be an HTTP header");
        }
        return value;
    }
}
