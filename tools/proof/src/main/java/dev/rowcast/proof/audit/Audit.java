package dev.rowcast.proof.audit;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Compares the stores with the source table, row by row.
///
/// ```
///   source table ──scored anew──▶ captured table ──the rule──▶ cases ──▶ their index
///        │                             └▶ its index
///        └▶ its index
/// ```
///
/// @param postgres JDBC URL with a user who may read these tables, and the password
/// @param elasticsearch its address
/// @param contract names of tables, key and prediction
/// @param scorer scores the source rows again
public record Audit(String postgres, URI elasticsearch, ModelContract contract, IndependentScorer scorer) {

    /// Largest difference of two probabilities: the scorers run the same graph with different batch sizes.
    private static final double TOLERANCE = 1e-6;

    /// Columns with another format in the index (times, JSON), and fields that only the indexer writes.
    private static final Set<String> NOT_COMPARED = Set.of("source_ts", "predicted_at", "previous", "rowcast", "extra");

    /// Compares all stores as they are now.
    ///
    /// @return a line for each difference, with store, key and column
    public List<String> differences() throws SQLException, IOException, InterruptedException, OrtException {
        String key = contract.source().key().getFirst();
        Map<String, Map<String, String>> source = TableRows.read(
                postgres, contract.source().schema() + "." + contract.source().table(), key);
        Map<String, Map<String, String>> captured = TableRows.read(
                postgres,
                contract.captured().schema() + "." + contract.captured().table(),
                key);
        IndexDocuments index = new IndexDocuments(elasticsearch);
        List<String> differences = new ArrayList<>();
        compareCaptured(source, captured, differences);
        compareIndex(index, contract.source().table(), source, differences);
        compareIndex(index, contract.captured().table(), captured, differences);
        Map<String, Map<String, String>> cases = TableRows.read(postgres, "public." + CaseAudit.TABLE, "customerid");
        differences.addAll(new CaseAudit(contract.label().name())
                .compareCases(captured, cases)
                .compareIndex(cases, index.read(CaseAudit.TABLE, "*"))
                .differences());
        return differences;
    }

    private void compareCaptured(
            Map<String, Map<String, String>> source,
            Map<String, Map<String, String>> captured,
            List<String> differences)
            throws OrtException {
        String label = contract.label().name();
        List<String> columns = Stream.concat(
                        contract.features().stream().map(Feature::column).distinct(), Stream.of(label))
                .toList();
        for (String key : ColumnComparison.keys(source, captured)) {
            Optional<Map<String, String>> row = Optional.ofNullable(source.get(key));
            Map<String, String> prediction = captured.getOrDefault(key, Map.of());
            String place = "captured table, " + key + ": ";
            boolean deleted = prediction.getOrDefault("deleted", "").equals("t");
            if (prediction.isEmpty()) {
                differences.add(place + "is missing");
            } else if (row.isEmpty() && !deleted) {
                differences.add(place + "is not marked deleted, and there is no such source row");
            } else if (row.isPresent() && deleted) {
                differences.add(place + "is marked deleted, and there is such a source row");
            } else if (row.isPresent()) {
                for (String column : columns) {
                    if (!Objects.equals(row.get().get(column), prediction.get(column))) {
                        differences.add(place + column + " is " + prediction.get(column) + ", not "
                                + row.get().get(column));
                    }
                }
                float probability = scorer.score(row.get());
                double stored = Double.parseDouble(prediction.get(label + "_probability"));
                if (Math.abs(probability - stored) > TOLERANCE) {
                    differences.add(place + "probability is " + stored + ", not " + probability);
                }
                if (!contract.binary().labelOf((float) stored).equals(prediction.get(label + "_prediction"))) {
                    differences.add(place + "prediction is " + prediction.get(label + "_prediction") + " at " + stored);
                }
            }
        }
    }

    private static void compareIndex(
            IndexDocuments indices, String index, Map<String, Map<String, String>> table, List<String> differences)
            throws IOException, InterruptedException {
        Map<String, JsonNode> documents = indices.read(index, "*");
        for (String key : ColumnComparison.keys(table, documents)) {
            String place = "index " + index + ", " + key + ": ";
            if (!documents.containsKey(key)) {
                differences.add(place + "is missing");
            } else if (table.containsKey(key)) {
                compareDocument(place, table.get(key), documents.get(key), differences);
            } else if (!documents.get(key).path("deleted").asBoolean()) {
                differences.add(place + "is not marked deleted, and there is no such row");
            }
        }
    }

    private static void compareDocument(
            String place, Map<String, String> row, JsonNode document, List<String> differences) {
        JsonNode extra = document.path("extra");
        Set<String> columns = new TreeSet<>(row.keySet());
        document.fieldNames().forEachRemaining(columns::add);
        extra.fieldNames().forEachRemaining(columns::add);
        columns.removeAll(NOT_COMPARED);
        document.at("/rowcast/left_out").forEach(column -> columns.remove(column.asText()));
        if (!row.containsKey("deleted")) {
            columns.remove("deleted");
            if (document.path("deleted").asBoolean()) {
                differences.add(place + "is marked deleted, and there is such a row");
            }
        }
        for (String column : columns) {
            JsonNode found = extra.has(column) ? extra.path(column) : document.path(column);
            if (!ColumnComparison.isSame(row.get(column), found)) {
                differences.add(place + column + " is " + found + ", not " + row.get(column));
            }
        }
    }
}
