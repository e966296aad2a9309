package dev.rowcast.predictor;

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

    private static Path folder() {
        try {
            return Files.createTempDirectory("rowcast-predictor-test");
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
