package dev.rowcast.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.util.Map;
import java.util.TreeSet;

/// Compares the graph of a model with its contract.
final class GraphCheck {

    /// The number of columns of the output.
    static final int LABELS = 2;

    private static final int ANY = -1;

    private GraphCheck() {}

    /// @throws ContractException if a feature has no input of its type, or an input is not a feature
    static void checkInputs(Map<String, NodeInfo> inputs, ModelContract contract) {
        TreeSet<String> others = new TreeSet<>(inputs.keySet());
        for (Feature feature : contract.features()) {
            String name = feature.name();
            others.remove(name);
            OnnxJavaType expected = switch (feature) {
                case Feature.Numeric _ -> OnnxJavaType.FLOAT;
                case Feature.Category _ -> OnnxJavaType.STRING;
            };
            TensorInfo input = tensor(inputs, name, "input");
            long[] shape = input.getShape();
            if (input.type != expected || shape.length != 2 || shape[0] != ANY || shape[1] != 1) {
                throw new ContractException("the graph's input " + name + ": expected " + expected
                        + " of any number of rows by 1, found " + input);
            }
        }
        if (!others.isEmpty()) {
            throw new ContractException("the graph has inputs that are not features of the contract: " + others);
        }
    }

    /// @throws ContractException if there is no such output, or it does not have one column for each
    ///     of two labels
    static void checkOutput(Map<String, NodeInfo> outputs, ModelContract contract) {
        String name = contract.output().tensor();
        TensorInfo output = tensor(outputs, name, "output");
        long[] shape = output.getShape();
        if (output.type != OnnxJavaType.FLOAT || shape.length != 2 || shape[0] != ANY || shape[1] != LABELS) {
            throw new ContractException("the graph's output " + name
                    + ": expected FLOAT of any number of rows by 2 columns, one for each label, found " + output);
        }
    }

    private static TensorInfo tensor(Map<String, NodeInfo> nodes, String name, String kind) {
        NodeInfo node = nodes.get(name);
        if (node == null) {
            throw new ContractException("the graph has no " + kind + " " + name + ", which the contract names");
        }
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw new ContractException("the graph's " + kind + " " + name + " is not a tensor but " + node.getInfo());
        }
        return tensor;
    }
}
