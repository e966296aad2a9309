package dev.rowcast.local.schema;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;

/// The committed models.
final class SchemaModels {

    static final Path CHURN = Checkout.find().resolve("trainer-notebook/model/churn.onnx");
    static final Path LOAN = Checkout.find().resolve("trainer-notebook/example/loan.onnx");

    static final Path KINDS = model("kinds");
    static final Path PRICES = model("prices");

    private SchemaModels() {}

    static ModelContract contract(Path file) {
        try (OnnxScorer model = OnnxScorer.load(file)) {
            return model.contract();
        }
    }

    private static Path model(String name) {
        return Checkout.find().resolve("functions/core/src/test/resources/models/" + name + ".onnx");
    }
}
