package dev.rowcast.predictor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of the predictor, prefix `rowcast.predictor`. The settings `quarkus.datasource.*` have the
/// address and the login of Postgres; the model's contract names the tables.
@ConfigMapping(prefix = "rowcast.predictor")
public interface PredictorSettings {

    /// Time limit for one statement in Postgres, 100 ms to 1 h. An event can wait for the running
    /// batch and then for its own, each up to two seconds longer than this; both must fit into
    /// the platform's delivery timeout.
    @WithDefault("8s")
    Duration statementTimeout();

    /// Time between two checks of the tables against the model's contract, 100 ms to 1 h.
    @WithDefault("5s")
    Duration readinessInterval();
}
