package dev.rowcast.predictor.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How live counts are kept, prefix `rowcast.drift`.
@ConfigMapping(prefix = "rowcast.drift")
public interface DriftSettings {

    /// Time between two merges of the counts into Postgres, 1 s to 1 h. There is one more when the function stops.
    @WithDefault("30s")
    Duration interval();

    /// Days that the shift is told of, today included, 1 to 366.
    @WithDefault("7")
    int windowDays();
}
