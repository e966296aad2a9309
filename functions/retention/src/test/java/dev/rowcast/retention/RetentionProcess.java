package dev.rowcast.retention;

import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Starts the packaged retention function.
final class RetentionProcess {

    private RetentionProcess() {}

    /// Starts it with the action of the manifest.
    ///
    /// @param folder receives its log
    /// @param environment overrides the settings for `postgres`
    static PackagedFunction start(Path folder, Postgres postgres, Map<String, String> environment) {
        Map<String, String> variables = ChurnAction.environment();
        variables.putAll(environment);
        return act(folder, postgres, variables);
    }

    /// Starts it with another action.
    ///
    /// @param folder receives its log
    /// @param action its settings, and overrides of the settings for `postgres`
    static PackagedFunction act(Path folder, Postgres postgres, Map<String, String> action) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:" + postgres.uri(),
                "QUARKUS_DATASOURCE_USERNAME",
                "retention",
                "QUARKUS_DATASOURCE_PASSWORD",
                postgres.password("retention")));
        variables.putAll(action);
        return PackagedFunction.start("retention", folder, folder.resolve("retention.log"), variables);
    }
}
