package dev.rowcast.model;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/// Variants of the shipped model that are at fault, each with a contract that fits its graph as far as it can.
final class FaultyModels {

    /// The attribute that holds the leaves' shares of each label, and the tag of a float in it.
    private static final String WEIGHTS = "class_weights";

    private static final int FLOAT = (7 << 3) | 5;

    private FaultyModels() {}

    /// The shipped graph under a contract after a change.
    static Path underAnotherContract(Path folder, Consumer<ObjectNode> change) throws IOException, OrtException {
        return underContract(folder, changed(change));
    }

    /// The shipped graph under another contract.
    static Path underContract(Path folder, String contract) throws IOException {
        return write(folder, ModelFile.read(ShippedModel.FILE).withContract(contract));
    }

    /// The graph after a change of every leaf's shares, under a contract with its digest.
    static Path withOtherLeaves(Path folder, DoubleUnaryOperator share) throws IOException, OrtException {
        return restamped(folder, leaves(Files.readAllBytes(ShippedModel.FILE), share), ignored -> {});
    }

    /// A graph of any bytes, under the contract with its digest.
    static Path restamped(Path folder, byte[] content, Consumer<ObjectNode> change) throws IOException, OrtException {
        ModelFile file = ModelFile.read(Files.write(Files.createTempFile(folder, "model", ".onnx"), content));
        String digest = file.digest();
        return write(folder, file.withContract(changed(contract -> {
            ObjectNode model = contract.withObject("/model");
            model.put("digest", digest).put("version", "churn-" + digest.substring(7, 19));
            change.accept(contract);
        })));
    }

    static byte[] leaves(byte[] content, DoubleUnaryOperator share) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        ByteBuffer floats = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int at = text.indexOf(WEIGHTS) + WEIGHTS.length();
        int changed = 0;
        for (; content[at] == FLOAT; at += 1 + Float.BYTES) {
            floats.putFloat(at + 1, (float) share.applyAsDouble(floats.getFloat(at + 1)));
            changed++;
        }
        if (changed == 0) {
            throw new IllegalStateException("the graph has no leaves where they were");
        }
        return content;
    }

    private static String changed(Consumer<ObjectNode> change) throws OrtException {
        return SmallContract.changed(ShippedModel.contractText(), change);
    }

    private static Path write(Path folder, ModelFile file) throws IOException {
        return Files.write(Files.createTempFile(folder, "model", ".onnx"), file.content());
    }
}
