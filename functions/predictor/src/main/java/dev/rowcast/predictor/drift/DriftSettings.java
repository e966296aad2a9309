package dev.rowcast.predictor.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Live counts for drift, prefix `rowcast.drift`.
@ConfigMapping(prefix = "rowcast.drift")
public interface DriftSettings {

    /// Time between two merges of the counts into Postgres, 1 s to 1 h. The
    /// function also merges when it stops.
    @WithDefault("30s")
    Duration interval();

    /// Days over which the shift is computed, today included, 1 to 366.
    @WithDefault("7")
    int windowDays();
}
