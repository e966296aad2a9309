package dev.rowcast.proof.chaos.fault;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.CapturedRowCheck;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Replaces the model under load: the file is replaced, the predictor restarts, and an incremental snapshot
/// scores the whole table again while its rows change.
///
/// @param models number of swaps so far
record ModelSwap(ChaosSystem chaos, AtomicInteger models) {

    private static final String SIGNAL =
            "INSERT INTO public.rowcast_signal (id, type, data) VALUES (?, 'execute-snapshot', ?) ON CONFLICT DO NOTHING";

    /// Swaps the model, and returns when no row of the old model is left.
    ///
    /// @param predictor its process; empty when scaled to zero
    void swap(Optional<ProcessHandle> predictor) throws IOException, InterruptedException {
        ModelContract contract = SecondModel.put(
                chaos.checkout().resolve("trainer-notebook/model/churn.onnx"), chaos.model(), models.incrementAndGet());
        predictor.ifPresent(process -> StationProcess.send(process, Signal.KILL));
        String snapshot = "{\"type\": \"incremental\", \"data-collections\": [\"%s.%s\"]}"
                .formatted(contract.source().schema(), contract.source().table());
        String id = UUID.randomUUID().toString();
        try {
            Retry.until("the snapshot cannot be signalled", () -> signal(id, snapshot));
            Retry.untilNone(
                    "rows of the old model are left",
                    () -> CapturedRowCheck.ofAnotherModel(chaos.jdbc(), contract).stream()
                            .findFirst());
        } catch (Retry.TimedOut notSwapped) {
            // The final check reports the rows.
        }
    }

    private boolean signal(String id, String data) throws SQLException {
        try (var superuser = chaos.system().stations().postgres().connect("postgres");
                var insert = superuser.prepareStatement(SIGNAL)) {
            insert.setString(1, id);
            insert.setString(2, data);
            return insert.executeUpdate() >= 0;
        }
    }
}
