package dev.rowcast.peer;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The shipped model. Each input of its graph is named like its column. Thread safe.
public final class ForestModel implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Map<String, Boolean> isText = new HashMap<>();
    private final String version;
    private final double threshold;
    private final String output;
    private final int column;

    private ForestModel(OrtSession session) throws OrtException, IOException {
        this.session = session;
        for (NodeInfo input : session.getInputInfo().values()) {
            isText.put(input.getName(), ((TensorInfo) input.getInfo()).type == OnnxJavaType.STRING);
        }
        JsonNode contract = new ObjectMapper()
                .readTree(session.getMetadata().getCustomMetadata().get("rowcast.contract"));
        version = contract.path("model").path("version").asText();
        threshold = contract.path("output").path("threshold").asDouble();
        output = contract.path("output").path("tensor").asText();
        column = contract.path("output").path("column").asInt();
    }

    /// Loads the model. A run computes on the calling thread.
    public static ForestModel load(Path file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new ForestModel(OrtEnvironment.getEnvironment().createSession(file.toString(), options));
        } catch (OrtException | IOException failure) {
            throw new IllegalStateException("model " + file + " cannot be loaded", failure);
        }
    }

    /// The version of the model.
    public String version() {
        return version;
    }

    /// The probability from which the label is Yes.
    public double threshold() {
        return threshold;
    }

    /// Scores rows in one run.
    ///
    /// @return the probability that the customer leaves, for each row
    public double[] score(List<JsonNode> rows) {
        double[] probabilities = new double[rows.size()];
        if (rows.isEmpty()) {
            return probabilities;
        }
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (Map.Entry<String, Boolean> input : isText.entrySet()) {
                inputs.put(
                        input.getKey(), input.getValue() ? texts(input.getKey(), rows) : numbers(input.getKey(), rows));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[][] scores = (float[][]) result.get(output).orElseThrow().getValue();
                for (int i = 0; i < probabilities.length; i++) {
                    probabilities[i] = scores[i][column];
                }
            }
            return probabilities;
        } catch (OrtException failure) {
            throw new IllegalStateException("the model cannot score", failure);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor texts(String name, List<JsonNode> rows) throws OrtException {
        String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = rows.get(i).path(name);
            // A null in a tensor of text ends the JVM.
            values[i] = value.isNull() || value.isMissingNode() ? "" : value.asText();
        }
        return OnnxTensor.createTensor(environment, values, new long[] {values.length, 1});
    }

    private OnnxTensor numbers(String name, List<JsonNode> rows) throws OrtException {
        float[] values = new float[rows.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = rows.get(i).path(name);
            values[i] = value.isNumber() ? value.floatValue() : Float.NaN;
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), new long[] {values.length, 1});
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("the model cannot be closed", failure);
        }
    }
}
