package dev.rowcast.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Scores;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The memory of one run, reused by the next: direct buffers that ONNX Runtime reads and writes in place
/// for the numbers and the outputs, and one array of texts for each category feature.
/// Not thread safe.
///
/// Tensors of numbers are kept while the number of rows is the same; tensors of texts are copies, so each
/// run creates its own.
final class ScoringWorkspace implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final List<String> numberNames;
    private final List<String> categoryNames;
    private final Output output;
    private final int boundsWidth;

    private final FloatBuffer[] numbers;
    private final String[][] categories;
    private FloatBuffer values = FloatBuffer.allocate(0);
    private FloatBuffer bounds = FloatBuffer.allocate(0);
    private int capacity;
    private int rowCount;

    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();

    ScoringWorkspace(ModelContract contract) {
        numberNames = names(contract, feature -> !feature.isText());
        categoryNames = names(contract, Feature::isText);
        output = contract.output();
        boundsWidth = output.bounds().isPresent() ? Output.Interval.WIDTH : 0;
        numbers = new FloatBuffer[numberNames.size()];
        categories = new String[categoryNames.size()][];
    }

    private static List<String> names(ModelContract contract, Predicate<Feature> filter) {
        return contract.features().stream().filter(filter).map(Feature::name).toList();
    }

    void fill(List<FeatureRow> rows) throws OrtException {
        if (rows.size() != rowCount) {
            resize(rows.size());
        }
        for (int row = 0; row < rowCount; row++) {
            FeatureRow features = rows.get(row);
            if (features.numberCount() != numbers.length || features.categoryCount() != categories.length) {
                throw new IllegalArgumentException("row %d has %d numbers and %d categories, the model takes %d and %d"
                        .formatted(
                                row,
                                features.numberCount(),
                                features.categoryCount(),
                                numbers.length,
                                categories.length));
            }
            for (int i = 0; i < numbers.length; i++) {
                numbers[i].put(row, features.number(i));
            }
            for (int i = 0; i < categories.length; i++) {
                categories[i][row] = features.category(i);
            }
        }
    }

    private void resize(int rows) throws OrtException {
        close();
        if (rows > capacity) {
            capacity = Math.max(rows, 2 * capacity);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = floats(capacity);
            }
            values = floats(Math.multiplyExact(capacity, output.width()));
            bounds = floats(Math.multiplyExact(capacity, boundsWidth));
        }
        rowCount = rows;
        for (int i = 0; i < categories.length; i++) {
            categories[i] = new String[rows];
        }
        for (int i = 0; i < numbers.length; i++) {
            inputs.put(
                    numberNames.get(i),
                    OnnxTensor.createTensor(environment, numbers[i].slice(0, rows), new long[] {rows, 1}));
        }
        outputs.put(output.tensor(), tensor(values, rows, output.width()));
        if (output.bounds().isPresent()) {
            outputs.put(output.bounds().get().tensor(), tensor(bounds, rows, boundsWidth));
        }
    }

    private OnnxTensor tensor(FloatBuffer floats, int rows, int width) throws OrtException {
        return OnnxTensor.createTensor(environment, floats.slice(0, rows * width), new long[] {rows, width});
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    Scores run(OrtSession session) throws OrtException {
        try {
            for (int i = 0; i < categories.length; i++) {
                inputs.put(
                        categoryNames.get(i),
                        OnnxTensor.createTensor(environment, categories[i], new long[] {rowCount, 1}));
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(), outputs)) {
                assert result.size() == outputs.size();
                return new Scores(output, copy(values, output.width()), copy(bounds, boundsWidth));
            }
        } finally {
            for (String name : categoryNames) {
                OnnxTensor texts = inputs.remove(name);
                if (texts != null) {
                    texts.close();
                }
            }
        }
    }

    private float[] copy(FloatBuffer floats, int width) {
        float[] copy = new float[rowCount * width];
        floats.get(0, copy);
        return copy;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        inputs.clear();
        outputs.clear();
        rowCount = 0;
    }
}
