package dev.rowcast.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.model.cell.Cell;
import dev.rowcast.model.cell.CellReader;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.contract.Proof;
import dev.rowcast.model.contract.Proof.Golden;
import dev.rowcast.model.output.Scores;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks a model by its [Proof] before it scores.
final class ProofCheck {

    private final String digest;
    private final List<Golden> rows;

    ProofCheck(Proof proof) {
        digest = proof.digest();
        rows = proof.rows();
    }

    /// Compares the graph in the file with the digest.
    ///
    /// @throws ContractException if the file has another graph
    void checkFile(ModelContract contract, ModelFile file) {
        String found = file.digest();
        if (!found.equals(digest)) {
            throw new ContractException(
                    "the contract belongs to another graph: model.digest is " + digest + ", the file's is " + found);
        }
        String version = contract.model().version();
        if (!version.endsWith(digest.substring("sha256:".length()).substring(0, 12))) {
            throw new ContractException("contract: model.version: expected the first 12 digits of " + digest
                    + " at its end, found " + version);
        }
        if (file.needsOtherFiles()) {
            throw new ContractException("the graph stores tensors in another file, which its digest does not cover");
        }
    }

    /// Scores the golden rows, which are read like any other row.
    ///
    /// @throws ContractException naming the first row that differs
    void checkScores(OnnxScorer scorer) {
        ModelContract contract = scorer.contract();
        checkCoverage(contract);
        FeatureReader reader = new FeatureReader(contract);
        List<FeatureRow> features = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            switch (reader.read(rows.get(i).row())) {
                case Step.Next<FeatureRow>(FeatureRow read) -> features.add(read);
                case Step.End<FeatureRow>(Outcome outcome) -> throw fault(i, "the row is not scored: " + outcome);
            }
        }
        Scores scores = scorer.score(features);
        GoldenCheck check = new GoldenCheck(contract.output(), scores);
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            check.problem(i, rows.get(i).expected()).ifPresent(problem -> {
                throw fault(row, problem);
            });
        }
    }

    private void checkCoverage(ModelContract contract) {
        for (Feature feature : contract.features()) {
            CellReader reader = new CellReader(feature);
            Set<String> categories = new HashSet<>();
            boolean isMissing = false;
            for (Golden golden : rows) {
                Optional<JsonNode> value = golden.row().column(feature.column());
                switch (value.map(reader::read).orElseGet(() -> new Cell.Refused("a value"))) {
                    case Cell.Category(String category) -> categories.add(category);
                    case Cell.Missing _ -> isMissing = true;
                    case Cell.Numeric _ -> {}
                    case Cell.Refused _ -> {}
                }
            }
            if (!isMissing && feature.missing() == Feature.Missing.IMPUTE) {
                throw new ContractException("contract: golden: no row in which feature " + feature.name()
                        + " is missing, so its imputation is not proven");
            }
            if (feature instanceof Feature.Category known) {
                known.categories().stream()
                        .filter(category -> !categories.contains(category))
                        .findFirst()
                        .ifPresent(unproven -> {
                            throw new ContractException("contract: golden: no row has category " + unproven
                                    + " of feature " + feature.name());
                        });
            }
        }
    }

    private static ContractException fault(int row, String problem) {
        return new ContractException("golden row " + row + ": " + problem);
    }
}
