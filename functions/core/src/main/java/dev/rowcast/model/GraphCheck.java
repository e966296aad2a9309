package dev.rowcast.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import java.util.Map;
import java.util.TreeSet;

/// Compares the graph of a model with its contract.
final class GraphCheck {

    private static final int ANY = -1;

    private GraphCheck() {}

    /// @throws ContractException if a feature has no input of its type, or an input is not a feature
    static void checkInputs(Map<String, NodeInfo> inputs, ModelContract contract) {
        TreeSet<String> others = new TreeSet<>(inputs.keySet());
        for (Feature feature : contract.features()) {
            String name = feature.name();
            others.remove(name);
            OnnxJavaType expected = switch (feature) {
                case Feature.Numeric _, Feature.Temporal _ -> OnnxJavaType.FLOAT;
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

    /// @throws ContractException if there is no such output, or it has another shape than its kind needs
    static void checkOutput(Map<String, NodeInfo> outputs, ModelContract contract) {
        Output output = contract.output();
        String columns = switch (output) {
            case Output.Binary _ -> "2 columns, one for each label";
            case Output.Multiclass classes -> classes.width() + " columns, one for each class";
            case Output.Regression _ -> "1 column";
        };
        checkOutput(outputs, output.tensor(), output.width(), columns);
        output.bounds()
                .ifPresent(interval -> checkOutput(
                        outputs, interval.tensor(), Output.Interval.WIDTH, "2 columns, the lower and the upper bound"));
    }

    private static void checkOutput(Map<String, NodeInfo> outputs, String name, int width, String columns) {
        TensorInfo tensor = tensor(outputs, name, "output");
        long[] shape = tensor.getShape();
        if (tensor.type != OnnxJavaType.FLOAT || shape.length != 2 || shape[0] != ANY || shape[1] != width) {
            throw new ContractException("the graph's output " + name + ": expected FLOAT of any number of rows by "
                    + columns + ", found " + tensor);
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
