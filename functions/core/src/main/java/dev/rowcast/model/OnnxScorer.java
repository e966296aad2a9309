package dev.rowcast.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ContractParser;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Scores;
import dev.rowcast.recording.RowsScored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Scores rows with the model in an ONNX file. All threads share one session, which computes on
/// the calling thread.
public final class OnnxScorer implements AutoCloseable {

    private final OrtSession session;
    private final ModelContract contract;
    private final Queue<ScoringWorkspace> idle = new ConcurrentLinkedQueue<>();
    // Read-locked during a run: closing the session during a run ends the process.
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxScorer(OrtSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
    }

    /// Loads a model and checks it against its contract: inputs, outputs and digest of the graph, and the
    /// scores of the golden rows.
    ///
    /// @param model the ONNX file
    /// @throws ContractException if the file cannot be read, has no contract or no golden rows, or differs
    ///     from its contract; the message names the difference, in one line
    public static OnnxScorer load(Path model) {
        if (!Files.isReadable(model)) {
            throw new ContractException("model " + model + ": the file does not exist or is not readable");
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // It would keep a plan of the memory for each number of rows.
            options.setMemoryPatternOptimization(false);
            ModelFile file = ModelFile.read(model);
            return DelayedShutdown.during(
                    () -> of(file, OrtEnvironment.getEnvironment().createSession(file.content(), options)));
        } catch (OrtException notLoaded) {
            throw new ContractException(
                    "model " + model + ": cannot be loaded: "
                            + notLoaded.getMessage().replaceAll("\\s+", " "),
                    notLoaded);
        } catch (IOException unreadable) {
            throw new ContractException(
                    "model " + model + ": cannot be loaded: " + unreadable.getMessage(), unreadable);
        } catch (ContractException fault) {
            throw new ContractException("model " + model + ": " + fault.getMessage(), fault);
        }
    }

    private static OnnxScorer of(ModelFile file, OrtSession session) throws OrtException {
        try {
            ContractParser.Parsed parsed = ContractParser.parse(file.contract());
            ModelContract contract = parsed.contract();
            ProofCheck proof = parsed.proof()
                    .map(ProofCheck::new)
                    .orElseThrow(() -> new ContractException("its contract of version " + contract.version()
                            + " has no golden rows, so the model cannot be checked: train it again, or add them"
                            + " with make upgrade-model"));
            GraphCheck.checkInputs(session.getInputInfo(), contract);
            GraphCheck.checkOutput(session.getOutputInfo(), contract);
            proof.checkFile(contract, file);
            OnnxScorer scorer = new OnnxScorer(session, contract);
            proof.checkScores(scorer);
            return scorer;
        } catch (IllegalStateException cannotScore) {
            session.close();
            throw new ContractException(cannotScore.getMessage().replaceAll("\\s+", " "), cannotScore);
        } catch (OrtException | RuntimeException fault) {
            session.close();
            throw fault;
        }
    }

    /// The contract of the model.
    public ModelContract contract() {
        return contract;
    }

    /// Scores rows in one run of the graph. Thread safe; blocks the calling thread.
    ///
    /// @param rows features, read by a [FeatureReader] for the [#contract()]
    /// @return the output for each row, in their order; a row for which the model is faulty
    ///     has a [fault][Scores#fault]
    /// @throws IllegalArgumentException if a row has more or fewer features than the contract
    /// @throws IllegalStateException if the scorer is closed, or the graph cannot be run
    public Scores score(List<FeatureRow> rows) {
        if (rows.isEmpty()) {
            return new Scores(contract.output(), new float[0], new float[0]);
        }
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(
                        "the scorer of model " + contract.model().version() + " is closed");
            }
            ScoringWorkspace workspace = idle.poll();
            if (workspace == null) {
                workspace = new ScoringWorkspace(contract);
            }
            RowsScored event = new RowsScored();
            Scores scores = run(workspace, rows);
            event.ended(rows.size());
            idle.add(workspace);
            return scores;
        } finally {
            open.readLock().unlock();
        }
    }

    private Scores run(ScoringWorkspace workspace, List<FeatureRow> rows) {
        try {
            workspace.fill(rows);
            return workspace.run(session);
        } catch (OrtException | RuntimeException failure) {
            workspace.close();
            throw failure instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(
                            "model " + contract.model().version() + " cannot score: " + failure.getMessage(), failure);
        }
    }

    /// Waits for running scores, and frees the session.
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                idle.forEach(ScoringWorkspace::close);
                session.close();
            }
        } catch (OrtException failure) {
            throw new IllegalStateException("model " + contract.model().version() + " cannot be closed", failure);
        } finally {
            open.writeLock().unlock();
        }
    }
}
