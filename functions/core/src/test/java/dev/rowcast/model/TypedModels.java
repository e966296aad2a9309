package dev.rowcast.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The models of `trainer-notebook/tests/typed_models.py`, and variants of their contracts.
final class TypedModels {

    /// Three classes, a key of two columns, odd names.
    static final Path KINDS = Path.of("src/test/resources/models/kinds.onnx");

    /// A number with an interval.
    static final Path PRICES = Path.of("src/test/resources/models/prices.onnx");

    private static final JsonMapper JSON = new JsonMapper();

    private TypedModels() {}

    /// The graph of a model under a contract after a change.
    static Path changed(Path model, Path folder, Consumer<ObjectNode> change) throws IOException {
        ModelFile file = ModelFile.read(model);
        String contract = SmallContract.changed(file.contract(), change);
        return Files.write(
                Files.createTempFile(folder, "model", ".onnx"),
                file.withContract(contract).content());
    }

    /// A row.
    static ObjectNode row(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }
}
