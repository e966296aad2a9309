package dev.rowcast.local.schema;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;

/// The committed models.
final class SchemaModels {

    static final Path CHURN = Checkout.find().resolve("trainer-notebook/model/churn.onnx");
    static final Path LOAN = Checkout.find().resolve("trainer-notebook/example/loan.onnx");

    private SchemaModels() {}

    static ModelContract contract(Path file) {
        try (OnnxScorer model = OnnxScorer.load(file)) {
            return model.contract();
        }
    }
}
