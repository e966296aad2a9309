package dev.rowcast.proof.chaos.fault;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.audit.CapturedRowCheck;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Another model under load: the file is replaced, the predictor is restarted, and the whole table is scored again by
/// an incremental snapshot while its rows change.
final class ModelSwap {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SIGNAL =
            "INSERT INTO public.rowcast_signal (id, type, data) VALUES (?, 'execute-snapshot', ?) ON CONFLICT DO NOTHING";

    private final ChaosSystem chaos;
    private final AtomicInteger models = new AtomicInteger();

    ModelSwap(ChaosSystem chaos) {
        this.chaos = chaos;
    }

    /// Swaps, and returns when no row is left that the old model scored.
    ///
    /// @param predictor its process; empty at zero
    void swap(Optional<ProcessHandle> predictor) throws IOException, InterruptedException {
        ModelContract contract = SecondModel.put(
                chaos.checkout().resolve("trainer-notebook/model/churn.onnx"), chaos.model(), models.incrementAndGet());
        predictor.ifPresent(process -> StationProcess.send(process, Signal.KILL));
        long until = System.nanoTime() + PATIENCE.toNanos();
        String snapshot = "{\"type\": \"incremental\", \"data-collections\": [\"%s.%s\"]}"
                .formatted(contract.source().schema(), contract.source().table());
        String id = UUID.randomUUID().toString();
        await(until, () -> signal(id, snapshot));
        await(until, () -> CapturedRowCheck.rows(chaos.jdbc(), contract).isEmpty());
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws SQLException;
    }

    /// Until it holds, or the time is up: then the verdict says what is wrong.
    private static void await(long until, Condition condition) throws InterruptedException {
        while (System.nanoTime() < until) {
            try {
                if (condition.holds()) {
                    return;
                }
                Thread.sleep(LOOK_EVERY);
            } catch (SQLException postgresIsDown) {
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    private boolean signal(String id, String data) throws SQLException {
        try (Connection superuser = chaos.system().stations().postgres().connect("postgres");
                PreparedStatement insert = superuser.prepareStatement(SIGNAL)) {
            insert.setString(1, id);
            insert.setString(2, data);
            insert.executeUpdate();
            return true;
        }
    }
}
