package dev.rowcast.proof.chaos.fault;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.ModelFile;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Derives another model from the shipped one. The graph has the same scores, another digest and so another
/// version. The threshold differs, so that labels change. The predictor checks it like any model.
public final class SecondModel {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SecondModel() {}

    /// Replaces a file by another model, atomically.
    ///
    /// @param original the trained model
    /// @param file is replaced
    /// @param number 1 to 999; each number gives another version
    /// @return the contract of the other model
    public static ModelContract put(Path original, Path file, int number) throws IOException {
        ModelFile graph = ModelFile.read(original).withNote("model " + number);
        ObjectNode contract =
                (ObjectNode) JSON.readTree(ModelFile.read(original).contract());
        double threshold = contract.at("/output/threshold").doubleValue();
        double other = (number % 2 == 0 ? 0.6 : 0.4) + threshold % 0.1;
        String name = contract.at("/model/name").asText();
        contract.withObject("/model")
                .put("version", name + "-" + graph.digest().substring("sha256:".length(), "sha256:".length() + 12))
                .put("digest", graph.digest());
        contract.withObject("/output").put("threshold", other);
        contract.get("golden").forEach(golden -> {
            boolean isPositive = golden.get("probability").floatValue() >= other;
            ((ObjectNode) golden).set("label", contract.at(isPositive ? "/label/positive" : "/label/negative"));
        });
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, graph.withContract(contract.toString()).content());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (OnnxScorer model = OnnxScorer.load(file)) {
            return model.contract();
        }
    }
}
