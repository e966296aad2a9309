package dev.rowcast.proof.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondModelTest {

    private static final Path CHURN = Checkout.find().resolve("trainer-notebook/model/churn.onnx");

    @TempDir
    Path folder;

    @Test
    void secondModelDiffersInVersionAndThresholdOnly() throws IOException {
        ModelContract original = contract(CHURN);

        ModelContract first = SecondModel.put(CHURN, folder.resolve("model.onnx"), 1);
        ModelContract second = SecondModel.put(CHURN, folder.resolve("model.onnx"), 2);

        assertThat(first.model().version())
                .isNotEqualTo(original.model().version())
                .isNotEqualTo(second.model().version());
        assertThat(first.binary().threshold())
                .isNotEqualTo(original.binary().threshold())
                .isNotEqualTo(second.binary().threshold());
        assertThat(second.features()).isEqualTo(original.features());
        assertThat(contract(folder.resolve("model.onnx"))).isEqualTo(second);
    }

    private static ModelContract contract(Path model) {
        try (OnnxScorer scorer = OnnxScorer.load(model)) {
            return scorer.contract();
        }
    }
}
