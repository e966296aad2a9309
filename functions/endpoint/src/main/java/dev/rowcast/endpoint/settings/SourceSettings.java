package dev.rowcast.endpoint.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The source of changes, prefix `rowcast.source`.
@ConfigMapping(prefix = "rowcast.source")
public interface SourceSettings {

    /// First part of every position, 0 to 255. Raise it in every function if LSNs can go back: restore,
    /// fail-over to a lagging replica, major upgrade.
    @WithDefault("0")
    int epoch();
}
