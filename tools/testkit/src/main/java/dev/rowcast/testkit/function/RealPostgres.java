package dev.rowcast.testkit.function;

import dev.rowcast.testkit.station.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/// Starts a real Postgres with its schema for a function under test, and injects it into the test.
public abstract class RealPostgres implements QuarkusTestResourceLifecycleManager {

    private Postgres postgres;

    /// {@return the settings of the function that uses this Postgres}
    protected abstract Map<String, String> settings(Postgres postgres);

    @Override
    public final Map<String, String> start() {
        try {
            postgres = Postgres.start(Files.createTempDirectory("rowcast-function-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres.applySchema();
        Map<String, String> settings = new HashMap<>(settings(postgres));
        // Its log is in target/quarkus.log; on the console are the results of the tests.
        settings.put("quarkus.log.console.enabled", "false");
        return settings;
    }

    @Override
    public final void inject(TestInjector injector) {
        injector.injectIntoFields(postgres, new TestInjector.MatchesType(Postgres.class));
    }

    @Override
    public final void stop() {
        postgres.close();
    }
}
