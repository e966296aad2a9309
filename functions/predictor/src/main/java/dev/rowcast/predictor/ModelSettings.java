package dev.rowcast.predictor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// The model, prefix `rowcast.model`.
@ConfigMapping(prefix = "rowcast.model")
public interface ModelSettings {

    /// The ONNX file with the model and its contract. A relative path starts at the working folder.
    @WithDefault("model/churn.onnx")
    Path file();
}
