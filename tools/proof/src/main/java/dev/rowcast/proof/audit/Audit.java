package dev.rowcast.proof.audit;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.model.contract.ModelContract;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares the stores of the shipped table with the source table, row by row.
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

    /// Columns with another format in the index (times, JSON), and fields that only the indexer writes.
    private static final Set<String> NOT_COMPARED = Set.of("source_ts", "predicted_at", "previous", "rowcast", "extra");

    /// Compares all stores as they are now.
    ///
    /// @return a line for each difference, with store, key and column
    public List<String> differences() throws SQLException, IOException, InterruptedException, OrtException {
        Map<String, Map<String, String>> source = TableRows.ofSource(postgres, contract);
        Map<String, Map<String, String>> captured = TableRows.ofCaptured(postgres, contract);
        IndexDocuments index = new IndexDocuments(elasticsearch);
        List<String> differences = new ArrayList<>();
        differences.addAll(new CapturedAudit(contract, scorer).differences(source, captured));
        compareIndex(index, contract.source().table(), source, differences);
        compareIndex(index, contract.captured().table(), captured, differences);
        Map<String, Map<String, String>> cases = TableRows.ofCases(postgres);
        differences.addAll(new CaseAudit(contract.label().name())
                .compareCases(captured, cases)
                .compareIndex(cases, index.read(CaseAudit.TABLE, "*"))
                .differences());
        return differences;
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
