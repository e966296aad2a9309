package dev.rowcast.predictor;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import java.nio.file.Path;

/// The model that is shipped, where the trainer puts it.
public final class ChurnModel {

    public static final Path FILE =
            Path.of("../../trainer-notebook/model/churn.onnx").toAbsolutePath();
    public static final Path GOLDEN_ROWS =
            Path.of("../../trainer-notebook/model/parity.csv").toAbsolutePath();

    private ChurnModel() {}

    /// The contract inside it.
    public static ModelContract contract() {
        try (OnnxScorer scorer = OnnxScorer.load(FILE)) {
            return scorer.contract();
        }
    }
}
