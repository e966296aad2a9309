package dev.rowcast.retention;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Step;
import dev.rowcast.proof.fuzz.answer.DecoderOracle;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.policy.CasePolicy;
import dev.rowcast.testkit.function.FuzzRun;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.station.Database;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged retention function under mutated recordings, with the memory of its container.
class RetentionFuzzIT {

    @TempDir
    Path folder;

    @Test
    void everyInputIsAnsweredByTheTableAndEachSuccessIsCommitted() throws Exception {
        CasePolicy judge = ChurnAction.policy();
        DecoderOracle witness = new DecoderOracle(
                new ChangeDecoder(
                        0, KeyColumns.of("public", CapturedEvents.TABLE, List.of("customerid")), judge.needed()),
                change -> judge.decide(change) instanceof Step.Next<CaseDecision>);
        try (Database database = Database.start(folder.resolve("postgres"));
                PackagedFunction retention = RetentionProcess.start(folder, database.postgres(), FuzzRun.SMALL_HEAP)) {
            FuzzRun run = new FuzzRun("retention", retention, witness);
            run.send(Corpus.captured());

            run.assertStored("public." + CapturedEvents.TABLE, new StoredCases(database.postgres()).positions());
            run.assertHealthy((key, text) -> CapturedEvents.event(
                    CapturedEvents.TABLE, "u", 1, CapturedEvents.row(key, 0.9).put("notes", text)));
        }
    }
}
