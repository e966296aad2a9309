package dev.rowcast.replay.compare;

import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.replay.exit.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Two models of one table, and the way of a record through both: the decoder, the feature readers and the scorers that
/// the predictor uses. Used by one thread.
final class ModelPair implements AutoCloseable {

    /// As many rows as the predictor scores in one run.
    private static final int BATCH = 256;

    private record Waiting(String key, String place, FeatureRow a, FeatureRow b) {}

    private final OnnxScorer a;
    private final OnnxScorer b;
    private final FeatureReader readerA;
    private final FeatureReader readerB;
    private final ChangeDecoder decoder;
    private final List<Waiting> waiting = new ArrayList<>(BATCH);

    private ModelPair(OnnxScorer a, OnnxScorer b) {
        this.a = a;
        this.b = b;
        this.readerA = new FeatureReader(a.contract());
        this.readerB = new FeatureReader(b.contract());
        ModelContract.Source source = a.contract().source();
        this.decoder = new ChangeDecoder(0, KeyColumns.of(source.schema(), source.table(), source.key()));
    }

    /// Loads both.
    ///
    /// @throws UsageException when one cannot be loaded, or they score different tables
    static ModelPair load(Path a, Path b) {
        OnnxScorer first = scorer(a);
        try {
            OnnxScorer second = scorer(b);
            if (!first.contract().source().equals(second.contract().source())) {
                second.close();
                throw new UsageException("model A scores " + table(first) + ", model B " + table(second));
            }
            return new ModelPair(first, second);
        } catch (UsageException fault) {
            first.close();
            throw fault;
        }
    }

    private static OnnxScorer scorer(Path model) {
        try {
            return OnnxScorer.load(model);
        } catch (ContractException fault) {
            throw new UsageException(fault.getMessage());
        }
    }

    private static String table(OnnxScorer scorer) {
        ModelContract.Source source = scorer.contract().source();
        return source.schema() + "." + source.table() + " by " + source.key();
    }

    ModelContract contractA() {
        return a.contract();
    }

    ModelContract contractB() {
        return b.contract();
    }

    /// Takes a record; it is scored when enough wait, or by [#flush].
    void take(ConsumerRecord<byte[], byte[]> record, Comparison comparison) {
        byte[] body = record.value() == null ? new byte[0] : record.value();
        switch (decoder.decode(body)) {
            case Step.Next<Change>(Change change) -> take(change, record, comparison);
            case Step.End<Change>(Rejected rejected) ->
                comparison.leaveOut("rejected: " + rejected.reason().code());
            case Step.End<Change>(Skipped skipped) -> comparison.leaveOut(skipped.reason());
            case Step.End<Change>(Outcome other) -> throw new IllegalStateException("decoded to " + other);
        }
        if (waiting.size() == BATCH) {
            flush(comparison);
        }
    }

    private void take(Change change, ConsumerRecord<byte[], byte[]> record, Comparison comparison) {
        switch (change) {
            case Delete _ -> comparison.leaveOut("delete");
            case Upsert upsert -> {
                Step<FeatureRow> readA = readerA.read(upsert.after());
                Step<FeatureRow> readB = readerB.read(upsert.after());
                if (readA instanceof Step.Next<FeatureRow>(FeatureRow rowA)
                        && readB instanceof Step.Next<FeatureRow>(FeatureRow rowB)) {
                    waiting.add(new Waiting(upsert.key().id(), record.partition() + "/" + record.offset(), rowA, rowB));
                } else {
                    comparison.leaveOut(
                            readA instanceof Step.End<FeatureRow>(Outcome outcome)
                                    ? "rejected by A: " + code(outcome)
                                    : "rejected by B: " + code(((Step.End<FeatureRow>) readB).outcome()));
                }
            }
        }
    }

    private static String code(Outcome outcome) {
        return ((Rejected) outcome).reason().code();
    }

    /// Scores what waits.
    void flush(Comparison comparison) {
        float[] scoresA = a.score(waiting.stream().map(Waiting::a).toList());
        float[] scoresB = b.score(waiting.stream().map(Waiting::b).toList());
        for (int row = 0; row < waiting.size(); row++) {
            Waiting scored = waiting.get(row);
            comparison.add(new ScorePair(
                    scored.key(),
                    scored.place(),
                    scoresA[row],
                    scoresB[row],
                    a.contract().labelOf(scoresA[row]),
                    b.contract().labelOf(scoresB[row])));
        }
        waiting.clear();
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
