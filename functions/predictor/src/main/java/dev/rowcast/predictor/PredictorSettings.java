package dev.rowcast.predictor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How predictions are stored, prefix `rowcast.predictor`. Where Postgres is, and who we are there, are
/// the settings `quarkus.datasource.*`; which tables it is about, the model says.
@ConfigMapping(prefix = "rowcast.predictor")
public interface PredictorSettings {

    /// How long Postgres may take for one statement, 100 ms or more. An event can wait for the batch
    /// under way and then for its own, each up to two seconds longer than this; both must fit into the
    /// time that the platform gives a delivery.
    @WithDefault("8s")
    Duration statementTimeout();

    /// Time between two looks at whether the tables keep the model's contract, 100 ms or more.
    @WithDefault("5s")
    Duration readinessInterval();
}
