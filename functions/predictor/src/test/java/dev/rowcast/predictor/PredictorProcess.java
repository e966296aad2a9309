package dev.rowcast.predictor;

import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Starts the packaged predictor with the shipped model.
final class PredictorProcess {

    private PredictorProcess() {}

    /// Starts it.
    ///
    /// @param folder receives its log
    /// @param environment overrides the settings for `postgres` and the model
    static PackagedFunction start(Path folder, Postgres postgres, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", postgres.uri(),
                "QUARKUS_DATASOURCE_USERNAME", "predictor",
                "QUARKUS_DATASOURCE_PASSWORD", postgres.password("predictor"),
                "ROWCAST_MODEL_FILE", "model/churn.onnx",
                "ORT_DISABLE_TELEMETRY", "1"));
        variables.putAll(environment);
        Path notebook = ChurnModel.FILE.getParent().getParent().normalize();
        return PackagedFunction.start("predictor", notebook, folder.resolve("predictor.log"), variables);
    }
}
