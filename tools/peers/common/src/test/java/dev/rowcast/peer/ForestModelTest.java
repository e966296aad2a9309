package dev.rowcast.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForestModelTest {

    private static final Path FOLDER = Path.of("../../../trainer-notebook/model");
    private static final Set<String> NUMBERS = Set.of("seniorcitizen", "tenure", "monthlycharges", "totalcharges");
    private static final String SCORE = "probability";
    private static final double TOLERANCE = 1e-6;

    @Test
    void scoresAreThoseOfTheTrainer() throws IOException {
        List<ObjectNode> golden = goldenRows();

        try (ForestModel model = ForestModel.load(FOLDER.resolve("churn.onnx"))) {
            double[] scores = model.score(List.<JsonNode>copyOf(golden));

            assertThat(golden).hasSizeGreaterThan(400);
            for (int i = 0; i < scores.length; i++) {
                double expected = golden.get(i).path(SCORE).asDouble();
                assertThat(Math.abs(scores[i] - expected)).as("row %s", i).isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    @Test
    void versionAndThresholdAreThoseOfTheContract() {
        try (ForestModel model = ForestModel.load(FOLDER.resolve("churn.onnx"))) {
            assertThat(model.version()).startsWith("churn-");
            assertThat(model.threshold()).isBetween(0.01, 0.99);
        }
    }

    @Test
    void noRowsHaveNoScores() {
        try (ForestModel model = ForestModel.load(FOLDER.resolve("churn.onnx"))) {
            assertThat(model.score(List.of())).isEmpty();
        }
    }

    private static List<ObjectNode> goldenRows() throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve("parity.csv"));
        String[] columns = lines.getFirst().split(",", -1);
        List<ObjectNode> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < columns.length; i++) {
                boolean isNumber = NUMBERS.contains(columns[i]) || columns[i].equals(SCORE);
                if (cells[i].isEmpty()) {
                    row.putNull(columns[i]);
                } else if (isNumber) {
                    row.put(columns[i], Double.parseDouble(cells[i]));
                } else {
                    row.put(columns[i], cells[i]);
                }
            }
            rows.add(row);
        }
        return rows;
    }
}
