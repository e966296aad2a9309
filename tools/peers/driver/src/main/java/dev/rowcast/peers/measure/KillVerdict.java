package dev.rowcast.peers.measure;

import ai.onnxruntime.OrtException;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.peers.bed.ResultTables;
import dev.rowcast.proof.audit.IndependentScorer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/// What is right and wrong in a result table after a load.
///
/// @param lost rows of the source table without their result
/// @param deletesMissed deleted rows whose result says otherwise
/// @param wrongScores results of a sample that differ from the model's
/// @param twice writes of a change whose result had been written before
/// @param backwards writes of an older change over a newer one
/// @param silence seconds of the longest time without a write
public record KillVerdict(int lost, int deletesMissed, int wrongScores, int twice, int backwards, double silence) {

    private static final int SAMPLE = 500;
    private static final double TOLERANCE = 1e-6;

    /// Judges the rows of a prefix, and the writes in the [table of writes][ResultTables#LOG].
    ///
    /// @param model the ONNX file
    public static KillVerdict of(ResultQueries results, String prefix, Path model) throws SQLException, OrtException {
        Map<String, String> writes =
                results.database().rows("""
                        SELECT count(*) - count(DISTINCT (key, commit, lsn)) AS twice,
                            count(*) FILTER (WHERE (commit, lsn) < (last_commit, last_lsn)) AS backwards
                        FROM (SELECT key, commit, lsn, lag(commit) OVER of_key AS last_commit, lag(lsn) OVER of_key AS last_lsn
                              FROM %1$s WINDOW of_key AS (PARTITION BY key ORDER BY place)) AS writes\
                        """.formatted(ResultTables.LOG)).getFirst();
        String silence = results.database().text("""
                SELECT coalesce(max(extract(epoch FROM at - before)), 0)
                FROM (SELECT at, lag(at) OVER (ORDER BY at) AS before FROM %s) AS times\
                """.formatted(ResultTables.LOG));
        return new KillVerdict(
                results.lost(prefix),
                results.deletesMissed(prefix),
                wrongScores(results, prefix, model),
                Integer.parseInt(writes.get("twice")),
                Integer.parseInt(writes.get("backwards")),
                Double.parseDouble(silence));
    }

    private static int wrongScores(ResultQueries results, String prefix, Path model) throws SQLException, OrtException {
        try (OnnxScorer loaded = OnnxScorer.load(model)) {
            ModelContract contract = loaded.contract();
            int wrong = 0;
            try (IndependentScorer scorer = new IndependentScorer(model, contract)) {
                for (Map<String, String> row : results.sample(prefix, SAMPLE)) {
                    Predicted.Binary expected = (Predicted.Binary) scorer.score(row);
                    double stored = Double.parseDouble(row.get("churn_probability"));
                    boolean isRight = Math.abs(stored - expected.probability()) <= TOLERANCE
                            && row.get("churn_prediction").equals(expected.text());
                    wrong += isRight ? 0 : 1;
                }
            }
            return wrong;
        }
    }
}
