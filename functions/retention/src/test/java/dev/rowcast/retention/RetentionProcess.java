package dev.rowcast.retention;

import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Starts the packaged retention function.
final class RetentionProcess {

    private RetentionProcess() {}

    /// Starts it.
    ///
    /// @param folder receives its log
    /// @param environment overrides the settings for `postgres`
    static PackagedFunction start(Path folder, Postgres postgres, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:" + postgres.uri(),
                "QUARKUS_DATASOURCE_USERNAME",
                "retention",
                "QUARKUS_DATASOURCE_PASSWORD",
                postgres.password("retention")));
        variables.putAll(environment);
        return PackagedFunction.start("retention", folder, folder.resolve("retention.log"), variables);
    }
}
