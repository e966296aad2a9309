package dev.rowcast.predictor;

import java.nio.file.Path;

/// The model that is shipped, where the trainer puts it.
public final class ChurnModel {

    public static final Path FILE =
            Path.of("../../trainer-notebook/model/churn.onnx").toAbsolutePath();
    public static final Path GOLDEN_ROWS =
            Path.of("../../trainer-notebook/model/parity.csv").toAbsolutePath();

    private ChurnModel() {}
}
