package dev.rowcast.proof.audit;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.rowcast.model.contract.ModelContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Scores rows of a table one at a time with ONNX Runtime. The input types are read from the graph; the
/// scorer shares no decoder, feature reader, batch or buffer with the functions.
public final class IndependentScorer implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ModelContract contract;

    /// @param model the ONNX file
    /// @param contract names the output
    /// @throws OrtException when the file contains no model
    public IndependentScorer(Path model, ModelContract contract) throws OrtException {
        this.session = environment.createSession(model.toString());
        this.contract = contract;
    }

    /// {@return the probability of one row}
    ///
    /// @param row columns in the text format of Postgres; an absent column is null
    public float score(Map<String, String> row) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (NodeInfo input : session.getInputInfo().values()) {
                inputs.put(input.getName(), tensor(input, Optional.ofNullable(row.get(input.getName()))));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[][] output = (float[][])
                        result.get(contract.binary().tensor()).orElseThrow().getValue();
                return output[0][contract.binary().column()];
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(NodeInfo input, Optional<String> value) throws OrtException {
        OnnxJavaType type = ((TensorInfo) input.getInfo()).type;
        return type == OnnxJavaType.FLOAT
                ? OnnxTensor.createTensor(environment, new float[][] {
                    {value.map(Float::parseFloat).orElse(Float.NaN)}
                })
                : OnnxTensor.createTensor(environment, new String[][] {{value.orElse("")}});
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
