package dev.rowcast.model;

import java.nio.file.Path;

/// The model that is shipped, where the trainer puts it.
final class ChurnModel {

    static final Path FILE = Path.of("../../trainer-notebook/model/churn.onnx");
    static final Path GOLDEN_ROWS = Path.of("../../trainer-notebook/model/parity.csv");

    private ChurnModel() {}
}
