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
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Scores;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.replay.exit.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Scores changes with two models of one table, with the decoder, the feature readers and the scorers of
/// the predictor. Used by one thread.
final class ModelPair implements AutoCloseable {

    /// The number of rows that the predictor scores in one run.
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

    /// Loads two models.
    ///
    /// @throws UsageException if one cannot be loaded, or they score different tables or predict
    /// different things
    static ModelPair load(Path a, Path b) {
        OnnxScorer first = scorer(a);
        try {
            OnnxScorer second = scorer(b);
            if (!first.contract().source().equals(second.contract().source())) {
                second.close();
                throw new UsageException("model A scores " + table(first) + ", model B " + table(second));
            }
            if (!predictsTheSame(first.contract().output(), second.contract().output())) {
                second.close();
                throw new UsageException("model A predicts " + what(first) + ", model B " + what(second));
            }
            return new ModelPair(first, second);
        } catch (UsageException fault) {
            first.close();
            throw fault;
        }
    }

    private static boolean predictsTheSame(Output a, Output b) {
        return (a instanceof Output.Multiclass classesA && b instanceof Output.Multiclass classesB)
                ? classesA.classes().equals(classesB.classes())
                : a.kind().equals(b.kind());
    }

    private static String what(OnnxScorer scorer) {
        return switch (scorer.contract().output()) {
            case Output.Binary _ -> "one of two labels";
            case Output.Multiclass classes -> "one of " + classes.classes();
            case Output.Regression _ -> "a number";
        };
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

    /// Adds a record; it is scored with a full batch, or by [#flush].
    void add(ConsumerRecord<byte[], byte[]> record, Comparison comparison) {
        byte[] body = record.value() == null ? new byte[0] : record.value();
        switch (decoder.decode(body)) {
            case Step.Next<Change>(Upsert upsert) -> add(upsert, record, comparison);
            case Step.Next<Change>(Delete _) -> comparison.leaveOut("delete");
            case Step.End<Change>(Skipped skipped) -> comparison.leaveOut(skipped.reason());
            case Step.End<Change>(Outcome outcome) -> comparison.leaveOut("rejected: " + code(outcome));
        }
        if (waiting.size() == BATCH) {
            flush(comparison);
        }
    }

    private void add(Upsert upsert, ConsumerRecord<byte[], byte[]> record, Comparison comparison) {
        Step<FeatureRow> readA = readerA.read(upsert.after());
        Step<FeatureRow> readB = readerB.read(upsert.after());
        if (readA instanceof Step.End<FeatureRow>(Outcome outcome)) {
            comparison.leaveOut("rejected by A: " + code(outcome));
        } else if (readB instanceof Step.End<FeatureRow>(Outcome outcome)) {
            comparison.leaveOut("rejected by B: " + code(outcome));
        } else {
            String place = record.partition() + "/" + record.offset();
            waiting.add(new Waiting(upsert.key().id(), place, readA.orElseThrow(), readB.orElseThrow()));
        }
    }

    private static String code(Outcome outcome) {
        return ((Rejected) outcome).reason().code();
    }

    /// Scores the waiting changes.
    void flush(Comparison comparison) {
        Scores scoresA = a.score(waiting.stream().map(Waiting::a).toList());
        Scores scoresB = b.score(waiting.stream().map(Waiting::b).toList());
        for (int row = 0; row < waiting.size(); row++) {
            if (scoresA.fault(row).isPresent()) {
                comparison.leaveOut("no prediction by A");
            } else if (scoresB.fault(row).isPresent()) {
                comparison.leaveOut("no prediction by B");
            } else {
                comparison.add(new ScorePair(
                        waiting.get(row).key(),
                        waiting.get(row).place(),
                        scoresA.predicted(row),
                        scoresB.predicted(row)));
            }
        }
        waiting.clear();
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
