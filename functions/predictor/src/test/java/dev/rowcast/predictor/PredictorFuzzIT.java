package dev.rowcast.predictor;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.predictor.store.StoredColumns;
import dev.rowcast.proof.fuzz.answer.DecoderOracle;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.testkit.function.FuzzRun;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.station.Database;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged predictor under mutated recordings, with the memory of its container.
class PredictorFuzzIT {

    @TempDir
    Path folder;

    @Test
    void everyInputIsAnsweredByTheTableAndEachSuccessIsCommitted() throws Exception {
        try (Database database = Database.start(folder.resolve("postgres"));
                PackagedFunction predictor = PredictorProcess.start(folder, database.postgres(), FuzzRun.SMALL_HEAP)) {
            FuzzRun run = new FuzzRun("predictor", predictor, new DecoderOracle(decoder(), change -> true));
            run.send(Corpus.source());

            run.assertStored("public." + SourceEvents.TABLE, new CapturedRows(database.postgres()).positions());
            run.assertHealthy(
                    (key, text) -> SourceEvents.insert(1, SourceEvents.row(key).put("notes", text)));
        }
    }

    private static ChangeDecoder decoder() {
        return new ChangeDecoder(
                0,
                KeyColumns.of("public", SourceEvents.TABLE, List.of("customerid")),
                NeededColumns.of(StoredColumns.of(ChurnModel.contract())));
    }
}
