package dev.rowcast.kafkasource.event;

import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One CloudEvent 1.0.
///
/// @param attributes  context attributes and extensions by name, without any prefix, `specversion`, `id`, `type` and
///                    `source` always among them
/// @param contentType media type of the data, when the producer gave one
/// @param data        the bytes as they came; empty for a tombstone
public record CloudEvent(Map<String, String> attributes, Optional<String> contentType, Optional<Buffer> data) {

    /// Keeps the order of the attributes and lets nobody change them.
    public CloudEvent {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /// This event with more extensions; an extension that it has already is replaced.
    public CloudEvent with(Map<String, String> extensions) {
        if (extensions.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.putAll(extensions);
        return new CloudEvent(all, contentType, data);
    }
}
