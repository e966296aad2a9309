package dev.rowcast.retention;

import dev.rowcast.testkit.function.RealPostgres;
import dev.rowcast.testkit.station.Postgres;
import java.util.Map;

/// The Postgres of a retention function under test.
public final class RetentionPostgres extends RealPostgres {

    @Override
    protected Map<String, String> settings(Postgres postgres) {
        Map<String, String> settings = ChurnAction.properties();
        settings.putAll(Map.of(
                "quarkus.datasource.jdbc.url", "jdbc:" + postgres.uri(),
                "quarkus.datasource.username", "retention",
                "quarkus.datasource.password", postgres.password("retention"),
                "rowcast.action.statement-timeout", "2s",
                "rowcast.action.readiness-interval", "100ms"));
        return settings;
    }
}
