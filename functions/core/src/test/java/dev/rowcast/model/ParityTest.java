package dev.rowcast.model;

import static dev.rowcast.outcome.Steps.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.model.GoldenRows.Golden;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.model.output.Scores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The golden rows, scored by scikit-learn when the model was trained, take the whole path here: as Debezium events
/// through the decoder, the feature reader and the scorer.
class ParityTest {

    private static OnnxScorer scorer;
    private static List<Golden> goldens;
    private static List<FeatureRow> rows;

    @BeforeAll
    static void readGoldenRowsThroughDecoderAndFeatureReader() throws IOException {
        scorer = OnnxScorer.load(ShippedModel.FILE);
        ModelContract contract = scorer.contract();
        ModelContract.Source source = contract.source();
        ChangeDecoder decoder = new ChangeDecoder(0, KeyColumns.of(source.schema(), source.table(), source.key()));
        FeatureReader reader = new FeatureReader(contract);
        goldens = GoldenRows.of(contract);
        rows = new ArrayList<>();
        for (Golden golden : goldens) {
            Object decoded = resultOf(decoder.decode(golden.event().getBytes(StandardCharsets.UTF_8)));
            assertThat(decoded)
                    .isInstanceOfSatisfying(
                            Upsert.class,
                            upsert -> assertThat(resultOf(reader.read(upsert.after())))
                                    .isInstanceOfSatisfying(FeatureRow.class, rows::add));
        }
    }

    @AfterAll
    static void close() {
        scorer.close();
    }

    @Test
    void goldenRowsAreTheOnesTheContractNames() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(ShippedModel.GOLDEN_ROWS));

        assertThat(goldens).hasSize(scorer.contract().parity().rows());
        assertThat("sha256:" + HexFormat.of().formatHex(digest))
                .isEqualTo(scorer.contract().parity().digest());
    }

    @Test
    void goldenRowsHoldMissingValuesAndBothLabels() {
        assertThat(rows)
                .anyMatch(row -> IntStream.range(0, row.numberCount()).anyMatch(i -> Float.isNaN(row.number(i))));
        assertThat(goldens)
                .extracting(golden -> scorer.contract().binary().labelOf((float) golden.probability()))
                .contains("Yes", "No");
    }

    private static float probability(Scores scores, int row) {
        return ((Predicted.Binary) scores.predicted(row)).probability();
    }

    @Test
    void goldenRowsHaveTheProbabilitiesOfScikitLearn() {
        Scores together = scorer.score(rows);
        double largest = 0;
        for (int i = 0; i < rows.size(); i++) {
            double expected = goldens.get(i).probability();
            float alone = probability(scorer.score(List.of(rows.get(i))), 0);
            largest = Math.max(largest, Math.abs(probability(together, i) - expected));
            largest = Math.max(largest, Math.abs(alone - expected));
            assertThat(scorer.contract().binary().labelOf(alone))
                    .as("label of golden row %d", i + 1)
                    .isEqualTo(scorer.contract().binary().labelOf((float) expected));
        }

        double tolerance = scorer.contract().parity().tolerance();
        System.out.printf(
                "Parity with scikit-learn: largest difference over %d golden rows %.3g, tolerance %.3g%n",
                rows.size(), largest, tolerance);
        assertThat(largest).isLessThanOrEqualTo(tolerance);
    }
}
