package dev.rowcast.proof.chaos.check;

import dev.rowcast.proof.audit.CapturedRowCheck;
import dev.rowcast.proof.audit.NeverCaptured;
import dev.rowcast.proof.chaos.system.CommittedOffsets;

import ai.onnxruntime.OrtException;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.Audit;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.poison.Poison;
import dev.rowcast.proof.chaos.watch.StoreObserver;
import dev.rowcast.testkit.manifest.KafkaSinkManifest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/// Waits until all is quiet and holds everything against everything: source against captured table against indices,
/// predictions against cases against their events against their index, poison against dead letters, committed offsets
/// against ends, and what the observer saw.
public final class FinalCheck implements AutoCloseable {

    private final ChaosSystem chaos;
    private final StoreObserver observer;
    private final CommittedOffsets offsets;
    private final PipelineDrain quiet;
    private Map<TopicPartition, Long> lettersBefore = new HashMap<>();

    /// A court for this system.
    ///
    /// @param observer who has watched
    public FinalCheck(ChaosSystem chaos, StoreObserver observer) {
        this.chaos = chaos;
        this.observer = observer;
        this.offsets = new CommittedOffsets(chaos.system().stations().kafka().address());
        this.quiet = new PipelineDrain(chaos, offsets);
    }

    /// Begins a case: what was seen before does not count.
    public void open() throws ExecutionException, InterruptedException, TimeoutException {
        lettersBefore = letters();
        observer.findings().clear();
        observer.delays().clear();
    }

    /// Ends the case.
    ///
    /// @param injected all poison since it began
    /// @param fought keys of which clients that fight have committed a change
    /// @param mayRepeat whether something was killed after which a dead letter may come again
    public RunResult judge(Map<RecordId, Poison> injected, Set<String> fought, boolean mayRepeat)
            throws SQLException, IOException, InterruptedException, OrtException, ExecutionException, TimeoutException {
        List<String> lost = new ArrayList<>();
        Optional<String> stuck = quiet.await();
        stuck.ifPresent(lost::add);
        DeadLetterCheck.Result letters = new DeadLetterCheck(
                        chaos.system().stations().kafka().address())
                .check(lettersBefore, letters(), chaos::sourcesOf, injected);
        lost.addAll(letters.lost());
        List<String> different = differences(fought);
        observer.awaitLooks();
        lost.addAll(observer.findings().lost());
        return new RunResult(
                lost,
                different,
                observer.findings().backwards(),
                mayRepeat ? List.of() : letters.repeated(),
                letters.letters());
    }

    private List<String> differences(Set<String> fought)
            throws SQLException, IOException, InterruptedException, OrtException {
        ModelContract contract = contract();
        try (IndependentScorer scorer = new IndependentScorer(chaos.model(), contract)) {
            Stream<String> differences =
                    new Audit(chaos.jdbc(), chaos.elasticsearch(), contract, scorer).differences().stream();
            return Stream.of(
                            differences,
                            NeverCaptured.keys(chaos.jdbc(), contract, fought).stream(),
                            CapturedRowCheck.rows(chaos.jdbc(), contract).stream(),
                            chaos.caseEvents().differences().stream())
                    .flatMap(lines -> lines)
                    // Poison that can be searched and not scored has a document and no row.
                    .filter(line ->
                            !line.startsWith("index " + contract.source().table() + ", " + Poison.KEY))
                    .toList();
        }
    }

    private ModelContract contract() {
        try (OnnxScorer model = OnnxScorer.load(chaos.model())) {
            return model.contract();
        }
    }

    private Map<TopicPartition, Long> letters() throws ExecutionException, InterruptedException, TimeoutException {
        return offsets.ends(chaos.system().manifests().sinks().stream()
                .map(KafkaSinkManifest::topic)
                .toList());
    }

    @Override
    public void close() {
        offsets.close();
    }
}
