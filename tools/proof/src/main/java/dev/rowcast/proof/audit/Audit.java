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

/// Holds the stores against the source table, row by row.
///
/// ```
///   source table ──scored anew──▶ captured table ──the rule──▶ cases ──▶ their index
///        │                             └▶ its index
///        └▶ its index
/// ```
///
/// @param postgres the database as JDBC has it, with a user who may read these tables, and the password
/// @param elasticsearch its address
/// @param contract names tables, key and prediction
/// @param scorer scores the source rows anew
public record Audit(String postgres, URI elasticsearch, ModelContract contract, IndependentScorer scorer) {

    /// Largest difference of a probability: the scorers compute the same graph in batches of other sizes.
    private static final double TOLERANCE = 1e-6;

    /// Written in other words (times, JSON), or by the indexer alone.
    private static final Set<String> NOT_COMPARED = Set.of("source_ts", "predicted_at", "previous", "rowcast", "extra");

    /// Every difference there is now, each in one line that names the store, the key and the column; empty when all is
    /// as it must be.
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
        compareIndex(
                contract.source().table(), source, index.read(contract.source().table()), differences);
        compareIndex(
                contract.captured().table(),
                captured,
                index.read(contract.captured().table()),
                differences);
        Map<String, Map<String, String>> cases = TableRows.read(postgres, "public." + CaseAudit.TABLE, "customerid");
        differences.addAll(new CaseAudit(contract.label().name())
                .compareCases(captured, cases)
                .compareIndex(cases, index.read(CaseAudit.TABLE))
                .differences());
        return differences;
    }

    private void compareCaptured(
            Map<String, Map<String, String>> source,
            Map<String, Map<String, String>> captured,
            List<String> differences)
            throws OrtException {
        String label = contract.label().name();
        List<String> columns = Stream.concat(contract.features().stream().map(Feature::name), Stream.of(label))
                .toList();
        for (String key : union(source.keySet(), captured.keySet())) {
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
                if (!contract.labelOf((float) stored).equals(prediction.get(label + "_prediction"))) {
                    differences.add(place + "prediction is " + prediction.get(label + "_prediction") + " at " + stored);
                }
            }
        }
    }

    private static void compareIndex(
            String index,
            Map<String, Map<String, String>> table,
            Map<String, JsonNode> documents,
            List<String> differences) {
        for (String key : union(table.keySet(), documents.keySet())) {
            Optional<Map<String, String>> row = Optional.ofNullable(table.get(key));
            Optional<JsonNode> document = Optional.ofNullable(documents.get(key));
            String place = "index " + index + ", " + key + ": ";
            if (document.isEmpty()) {
                differences.add(place + "is missing");
            } else if (row.isEmpty()) {
                if (!document.get().path("deleted").asBoolean()) {
                    differences.add(place + "is not marked deleted, and there is no such row");
                }
            } else {
                JsonNode extra = document.get().path("extra");
                Set<String> columns = new TreeSet<>(row.get().keySet());
                document.get().fieldNames().forEachRemaining(columns::add);
                extra.fieldNames().forEachRemaining(columns::add);
                columns.removeAll(NOT_COMPARED);
                document.get().at("/rowcast/left_out").forEach(column -> columns.remove(column.asText()));
                columns.removeIf(
                        column -> column.equals("deleted") && !row.get().containsKey(column));
                for (String column : columns) {
                    String value = row.get().get(column);
                    JsonNode found = extra.has(column)
                            ? extra.path(column)
                            : document.get().path(column);
                    if (!ColumnComparison.isSame(value, found)) {
                        differences.add(place + column + " is " + found + ", not " + value);
                    }
                }
                if (!row.get().containsKey("deleted")
                        && document.get().path("deleted").asBoolean()) {
                    differences.add(place + "is marked deleted, and there is such a row");
                }
            }
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
