package dev.rowcast.kafkasource.event;

import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One CloudEvent 1.0.
///
/// @param attributes context attributes and extensions by name, without any prefix, `specversion`, `id`,
///     `type` and `source` always among them
/// @param contentType media type of the data, if the producer set one
/// @param data the bytes, unchanged; empty for a tombstone
public record CloudEvent(Map<String, String> attributes, Optional<String> contentType, Optional<Buffer> data) {

    /// Copies the attributes in their order; they are immutable afterwards.
    public CloudEvent {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /// {@return this event with more extensions, which replace existing ones of the same name}
    public CloudEvent with(Map<String, String> extensions) {
        if (extensions.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.putAll(extensions);
        return new CloudEvent(all, contentType, data);
    }
}
