package dev.rowcast.predictor.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.drift.Bins;
import dev.rowcast.drift.LiveCounts;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.ChurnModel;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.predictor.score.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountingStoreTest {

    @Test
    void predictionIsStoredEvenIfItCannotBeCounted() {
        ModelContract contract;
        try (OnnxScorer scorer = OnnxScorer.load(ChurnModel.FILE)) {
            contract = scorer.contract();
        }
        StoreAnswer committed = new StoreAnswer.Each(List.of(new Stored()));
        CountingStore store = new CountingStore(predictions -> committed, new LiveCounts(Bins.of(contract)));
        ModelContract.Source table = contract.source();
        ChangeDecoder decoder = new ChangeDecoder(0, KeyColumns.of(table.schema(), table.table(), table.key()));
        Upsert change = (Upsert)
                decoder.decode(SourceEvents.insert(10, SourceEvents.row("a")).getBytes(UTF_8))
                        .orElseThrow();
        FeatureRow ofAnotherContract = new FeatureRow(new float[0], new String[0]);

        assertThat(store.store(
                        List.of(new Scored.Upserted(change, ofAnotherContract, new Predicted.Binary(0.5f, "No")))))
                .isEqualTo(committed);
    }
}
