package dev.rowcast.predictor;

import dev.rowcast.testkit.function.RealPostgres;
import dev.rowcast.testkit.station.Postgres;
import java.util.Map;

/// The Postgres of a predictor under test.
public final class PredictorPostgres extends RealPostgres {

    @Override
    protected Map<String, String> settings(Postgres postgres) {
        return Map.of(
                "quarkus.datasource.reactive.url",
                postgres.uri(),
                "quarkus.datasource.username",
                "predictor",
                "quarkus.datasource.password",
                postgres.password("predictor"),
                "rowcast.model.file",
                ChurnModel.FILE.toString(),
                "rowcast.predictor.statement-timeout",
                "2s",
                "rowcast.predictor.readiness-interval",
                "100ms");
    }
}
