package dev.rowcast.proof.chaos.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.kafkasource.http.FunctionRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Shifts every time in an event, as if the events came from machines with wrong clocks.
///
/// The clock of one process cannot be set alone on this machine. Shifted events are equivalent: a function
/// takes every time that it compares or stores from the event or from Postgres.
///
/// All commit times of the source have the same clock, and the indexer tolerates two seconds. They shift by
/// up to one.
final class ClockSkew {

    private static final long MOST_SOURCE_SECONDS = 1;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Long> PER_SECOND =
            Map.of("ts_ms", 1_000L, "ts_us", 1_000_000L, "ts_ns", 1_000_000_000L);

    private ClockSkew() {}

    /// {@return the event with its times shifted by at most `most`; a body that is no JSON object
    /// stays unchanged}
    static FunctionRequest skewed(FunctionRequest request, Duration most, Random random) {
        long seconds = random.nextLong(-most.toSeconds(), most.toSeconds() + 1);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        Optional.ofNullable(headers.get("ce-time"))
                .map(OffsetDateTime::parse)
                .ifPresent(
                        time -> headers.set("ce-time", time.plusSeconds(seconds).toString()));
        return new FunctionRequest(
                request.method(), request.uri(), headers, request.body().map(body -> skewed(body, seconds)));
    }

    private static Buffer skewed(Buffer body, long seconds) {
        try {
            if (!(JSON.readTree(body.getBytes()) instanceof ObjectNode event)) {
                return body;
            }
            move(event, seconds);
            if (event.path("source") instanceof ObjectNode source) {
                move(source, Math.clamp(seconds, -MOST_SOURCE_SECONDS, MOST_SOURCE_SECONDS));
            }
            return Buffer.buffer(JSON.writeValueAsBytes(event));
        } catch (IOException noJson) {
            return body;
        }
    }

    private static void move(ObjectNode part, long seconds) {
        PER_SECOND.forEach((field, perSecond) -> {
            JsonNode time = part.path(field);
            if (time.isIntegralNumber()) {
                part.put(field, time.longValue() + seconds * perSecond);
            }
        });
    }
}
