package dev.rowcast.retention;

import dev.rowcast.testkit.station.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Starts a real Postgres with its schema for a function under test.
public final class RealPostgres implements QuarkusTestResourceLifecycleManager {

    private Postgres postgres;

    @Override
    public Map<String, String> start() {
        postgres = Postgres.start(folder());
        postgres.applySchema();
        return Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:" + postgres.uri(),
                "quarkus.datasource.username",
                "retention",
                "quarkus.datasource.password",
                postgres.password("retention"),
                "rowcast.retention.statement-timeout",
                "2s",
                "rowcast.retention.readiness-interval",
                "100ms");
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("rowcast-retention-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(postgres, new TestInjector.MatchesType(Postgres.class));
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
