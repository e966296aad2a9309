package dev.rowcast.endpoint.settings;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// The traces, prefix `rowcast.trace`.
@ConfigMapping(prefix = "rowcast.trace")
public interface TraceSettings {

    /// Address that receives the spans by OTLP over HTTP, such as `http://collector:4318/v1/traces`;
    /// none: no event is traced.
    Optional<String> endpoint();
}
