package dev.rowcast.endpoint.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Spans in the JSON of OTLP, the protocol of OpenTelemetry: `ExportTraceServiceRequest`.
final class OtlpJson {

    private static final int INTERNAL = 1;
    private static final int CONSUMER = 5;
    private static final int ERROR = 2;

    private final ObjectMapper mapper = new JsonMapper();
    private final String function;
    /// What [System#nanoTime] must be increased by to be nanoseconds since 1970.
    private final long clock;

    /// @param function its name
    OtlpJson(String function) {
        this.function = function;
        Instant now = Instant.now();
        this.clock = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
    }

    byte[] of(List<Span> spans) {
        ObjectNode request = mapper.createObjectNode();
        ObjectNode resource = request.withArray("resourceSpans").addObject();
        attributes(resource.putObject("resource"), Map.of("service.name", function, "service.namespace", "rowcast"));
        ObjectNode scope = resource.withArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "rowcast");
        ArrayNode array = scope.putArray("spans");
        spans.forEach(span -> add(array.addObject(), span));
        try {
            return mapper.writeValueAsBytes(request);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void add(ObjectNode node, Span span) {
        node.put("traceId", span.trace()).put("spanId", span.id());
        span.parent().ifPresent(parent -> node.put("parentSpanId", parent));
        node.put("name", span.name())
                .put("kind", span.name().equals("delivery") ? CONSUMER : INTERNAL)
                .put("startTimeUnixNano", Long.toString(clock + span.began()))
                .put("endTimeUnixNano", Long.toString(clock + span.ended()));
        attributes(node, span.attributes());
        span.link()
                .ifPresent(link -> node.putArray("links")
                        .addObject()
                        .put("traceId", link.trace())
                        .put("spanId", link.span()));
        span.error()
                .ifPresent(why -> node.putObject("status").put("code", ERROR).put("message", why));
    }

    private static void attributes(ObjectNode node, Map<String, String> values) {
        ArrayNode array = node.putArray("attributes");
        new TreeMap<>(values)
                .forEach((name, value) ->
                        array.addObject().put("key", name).putObject("value").put("stringValue", value));
    }
}
