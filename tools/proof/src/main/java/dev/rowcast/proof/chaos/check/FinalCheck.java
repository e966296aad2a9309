package dev.rowcast.proof.chaos.check;

import ai.onnxruntime.OrtException;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.Audit;
import dev.rowcast.proof.audit.CapturedRowCheck;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.poison.Poison;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.system.CommittedOffsets;
import dev.rowcast.proof.chaos.watch.StoreObserver;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/// Waits until the path is drained, and compares source with captured table and indices, predictions with
/// cases, their events and their index, poison with dead letters, and committed offsets with ends. The
/// violations of the observer are part of the result.
public final class FinalCheck implements AutoCloseable {

    private final ChaosSystem chaos;
    private final StoreObserver observer;
    private final CommittedOffsets offsets;
    private final PipelineDrain drain;
    private Map<TopicPartition, Long> lettersBefore = Map.of();

    /// @param observer of the run
    public FinalCheck(ChaosSystem chaos, StoreObserver observer) {
        this.chaos = chaos;
        this.observer = observer;
        this.offsets = new CommittedOffsets(chaos.kafka());
        this.drain = new PipelineDrain(chaos, offsets);
    }

    /// Starts a run: dead letters and violations of before do not count.
    public void begin() throws ExecutionException, InterruptedException, TimeoutException {
        lettersBefore = offsets.ends(chaos.deadLetterTopics());
        observer.violations().clear();
        observer.delays().clear();
    }

    /// Ends the run.
    ///
    /// @param injected unreadable records of the run
    /// @param committed keys of the rows that clients of the fight committed
    /// @param mayRepeat true if a fault may have duplicated dead letters
    public RunResult result(Map<RecordId, Poison> injected, Set<String> committed, boolean mayRepeat)
            throws SQLException, IOException, InterruptedException, OrtException, ExecutionException, TimeoutException {
        List<String> lost = new ArrayList<>();
        drain.await().ifPresent(lost::add);
        DeadLetterCheck letters =
                DeadLetterCheck.of(chaos, lettersBefore, offsets.ends(chaos.deadLetterTopics()), injected);
        lost.addAll(letters.lost());
        List<String> different = differences(committed);
        observer.awaitReads();
        lost.addAll(observer.violations().lost());
        return new RunResult(
                lost,
                different,
                observer.violations().backwards(),
                mayRepeat ? List.of() : letters.repeated(),
                letters.letters());
    }

    private List<String> differences(Set<String> committed)
            throws SQLException, IOException, InterruptedException, OrtException {
        ModelContract contract;
        try (OnnxScorer model = OnnxScorer.load(chaos.model())) {
            contract = model.contract();
        }
        // Poison that can be indexed but not scored has a document and no row.
        String unscored = "index " + contract.source().table() + ", " + Poison.KEY;
        try (IndependentScorer scorer = new IndependentScorer(chaos.model(), contract)) {
            return Stream.of(
                            new Audit(chaos.jdbc(), chaos.elasticsearch(), contract, scorer).differences(),
                            CapturedRowCheck.missing(chaos.jdbc(), contract, committed),
                            CapturedRowCheck.ofAnotherModel(chaos.jdbc(), contract),
                            chaos.caseEvents().differences())
                    .flatMap(List::stream)
                    .filter(line -> !line.startsWith(unscored))
                    .toList();
        }
    }

    @Override
    public void close() {
        offsets.close();
    }
}
