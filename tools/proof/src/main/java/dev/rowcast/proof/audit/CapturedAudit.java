package dev.rowcast.proof.audit;

import ai.onnxruntime.OrtException;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Compares a captured table with its source table, whose rows it scores again: for a model of any
/// output.
///
/// @param contract names of tables, key and prediction
/// @param scorer scores the source rows again
public record CapturedAudit(ModelContract contract, IndependentScorer scorer) {

    /// Compares the tables as they are now.
    ///
    /// @param postgres JDBC URL with a user who may read them, and the password
    /// @return a line for each difference, with key and column
    public List<String> differences(String postgres) throws SQLException, OrtException {
        return differences(TableRows.ofSource(postgres, contract), TableRows.ofCaptured(postgres, contract));
    }

    /// Compares rows by their keys, each column in the text format of Postgres. A null column is absent.
    List<String> differences(Map<String, Map<String, String>> source, Map<String, Map<String, String>> captured)
            throws OrtException {
        List<String> differences = new ArrayList<>();
        for (String key : ColumnComparison.keys(source, captured)) {
            List<String> ofRow = ofRow(Optional.ofNullable(source.get(key)), Optional.ofNullable(captured.get(key)));
            ofRow.forEach(difference -> differences.add("captured table, " + key + ": " + difference));
        }
        return differences;
    }

    private List<String> ofRow(Optional<Map<String, String>> row, Optional<Map<String, String>> prediction)
            throws OrtException {
        if (prediction.isEmpty()) {
            return List.of("is missing");
        }
        boolean isDeleted = prediction.get().getOrDefault("deleted", "").equals("t");
        if (row.isEmpty()) {
            return isDeleted ? List.of() : List.of("is not marked deleted, and there is no such source row");
        }
        return isDeleted
                ? List.of("is marked deleted, and there is such a source row")
                : ofLivingRow(row.get(), prediction.get());
    }

    private List<String> ofLivingRow(Map<String, String> row, Map<String, String> prediction) throws OrtException {
        List<String> differences = new ArrayList<>();
        columns()
                .filter(column -> !Objects.equals(row.get(column), prediction.get(column)))
                .forEach(column ->
                        differences.add(column + " is " + prediction.get(column) + ", not " + row.get(column)));
        differences.addAll(new PredictionComparison(contract).differences(prediction, scorer.score(row)));
        return differences;
    }

    /// The columns that the captured table copies.
    private Stream<String> columns() {
        return Stream.concat(
                        contract.features().stream().map(Feature::column),
                        Stream.of(contract.label().name()))
                .distinct();
    }
}
