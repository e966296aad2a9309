package dev.rowcast.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.rowcast.model.contract.ModelContract;
import java.nio.file.Path;

/// The model that is shipped, where the trainer puts it.
public final class ShippedModel {

    static final Path FILE = Path.of("../../trainer-notebook/model/churn.onnx");
    static final Path GOLDEN_ROWS = Path.of("../../trainer-notebook/model/parity.csv");

    private ShippedModel() {}

    /// The text of the contract in the file.
    public static String contractText() throws OrtException {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(FILE.toString())) {
            return session.getMetadata()
                    .getCustomMetadataValue(ModelContract.METADATA_KEY)
                    .orElseThrow();
        }
    }
}
