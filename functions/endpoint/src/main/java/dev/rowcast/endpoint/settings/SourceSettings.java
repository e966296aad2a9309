package dev.rowcast.endpoint.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Where changes come from, prefix `rowcast.source`.
@ConfigMapping(prefix = "rowcast.source")
public interface SourceSettings {

    /// First part of every position, 0 to 255. Raised in every function when LSNs can go back: restore, fail-over to a
    /// replica that lags, major upgrade.
    @WithDefault("0")
    int epoch();
}
