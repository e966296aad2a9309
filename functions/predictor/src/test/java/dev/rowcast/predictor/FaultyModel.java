package dev.rowcast.predictor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.ModelFile;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.output.Scores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A model that keeps its contract on every golden row it carries, and gives NaN for one of the other rows of
/// `parity.csv`: the shares of one leaf are NaN.
///
/// @param file the model
/// @param columns the row
public record FaultyModel(Path file, ObjectNode columns) {

    private static final String WEIGHTS = "class_weights";
    private static final int FLOAT = (7 << 3) | 5;
    private static final int LABELS = 2;
    private static final JsonMapper JSON = new JsonMapper();

    /// Writes one into a folder.
    public static FaultyModel in(Path folder) throws IOException {
        Path file = folder.resolve("faulty.onnx");
        byte[] original = Files.readAllBytes(ChurnModel.FILE);
        int leaves = new String(original, StandardCharsets.ISO_8859_1).indexOf(WEIGHTS) + WEIGHTS.length();
        int leaf = LABELS * (1 + Float.BYTES);
        for (int at = leaves; original[at] == FLOAT; at += leaf) {
            Files.write(file, withContract(spoilt(original, at), file).content());
            Optional<ObjectNode> row = rowWithoutAProbability(file);
            if (row.isPresent()) {
                return new FaultyModel(file, row.get());
            }
        }
        throw new IllegalStateException("every leaf is proven");
    }

    /// The row, as a row of the source table.
    public ObjectNode row(String key) {
        return columns.deepCopy().put("customerid", key);
    }

    private static byte[] spoilt(byte[] original, int at) {
        byte[] content = original.clone();
        ByteBuffer floats = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        for (int label = 0; label < LABELS; label++) {
            floats.putFloat(at + label * (1 + Float.BYTES) + 1, Float.NaN);
        }
        return content;
    }

    private static ModelFile withContract(byte[] content, Path draft) throws IOException {
        ModelFile graph = ModelFile.read(Files.write(draft, content));
        ObjectNode contract = (ObjectNode) JSON.readTree(graph.contract());
        String digest = graph.digest();
        contract.withObject("/model").put("digest", digest).put("version", "churn-" + digest.substring(7, 19));
        return graph.withContract(contract.toString());
    }

    private static Optional<ObjectNode> rowWithoutAProbability(Path file) throws IOException {
        try (OnnxScorer scorer = OnnxScorer.load(file)) {
            FeatureReader reader = new FeatureReader(scorer.contract());
            List<ObjectNode> rows = goldenRows();
            List<FeatureRow> features = rows.stream()
                    .map(row -> reader.read(new Row(row)).orElseThrow())
                    .toList();
            Scores scores = scorer.score(features);
            for (int i = 0; i < scores.size(); i++) {
                if (scores.fault(i).isPresent()) {
                    return Optional.of(rows.get(i));
                }
            }
            return Optional.empty();
        } catch (ContractException goldenRowReachesIt) {
            return Optional.empty();
        }
    }

    private static List<ObjectNode> goldenRows() throws IOException {
        List<String> lines = Files.readAllLines(ChurnModel.GOLDEN_ROWS);
        String[] names = lines.getFirst().split(",", -1);
        List<ObjectNode> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            ObjectNode row = JSON.createObjectNode();
            for (int i = 0; i < names.length - 1; i++) {
                row.set(
                        names[i],
                        cells[i].isEmpty()
                                ? JSON.nullNode()
                                : (JsonNode) JSON.getNodeFactory().textNode(cells[i]));
            }
            rows.add(row);
        }
        return rows;
    }
}
