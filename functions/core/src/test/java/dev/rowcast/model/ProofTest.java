package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.ContractException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A model that differs from its contract is refused before it scores anything, in one line that says what differs.
class ProofTest {

    private static final Path THREE_CLASSES = Path.of("src/test/resources/models/three-classes.onnx");

    @TempDir
    private Path folder;

    private void assertRefused(Path model, String problem) {
        assertThatThrownBy(() -> OnnxScorer.load(model).close())
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("model " + model + ": ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    private void assertRefusedAfter(Consumer<ObjectNode> change, String problem) throws IOException, OrtException {
        assertRefused(FaultyModels.underAnotherContract(folder, change), problem);
    }

    @Test
    void graphWithAnotherDigestIsRefused() throws IOException, OrtException {
        byte[] halved = FaultyModels.leaves(Files.readAllBytes(ShippedModel.FILE), share -> share / 2);
        Path other = Files.write(folder.resolve("other.onnx"), halved);

        assertRefused(other, "the contract belongs to another graph: model.digest is sha256:");
    }

    @Test
    void versionThatIsNotTheGraphsIsRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> contract.withObject("/model").put("version", "churn-0123456789ab"),
                "contract: model.version: expected the first 12 digits of sha256:");
    }

    @Test
    void leavesThatGiveMoreThanOneAreRefused() throws IOException, OrtException {
        assertRefused(FaultyModels.withOtherLeaves(folder, share -> share * 3), "golden row ");
    }

    @Test
    void leavesThatGiveLessThanTheyDidAreRefused() throws IOException, OrtException {
        assertRefused(FaultyModels.withOtherLeaves(folder, share -> share / 2), "in training it was ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void leavesThatGiveNoProbabilityAreRefused(double share) throws IOException, OrtException {
        assertRefused(FaultyModels.withOtherLeaves(folder, ignored -> share), "which is no probability");
    }

    @Test
    void otherColumnIsRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> contract.withObject("/output").put("column", 0), "golden row 0: the graph gives ");
    }

    @Test
    void labelsThatAreSwappedAreRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> contract.withObject("/label").put("positive", "No").put("negative", "Yes"),
                "by label and output.threshold, in training it was ");
    }

    @Test
    void labelsThatAreEqualAreRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> contract.withObject("/label").put("negative", "Yes"),
                "contract: label.negative: expected another value than label.positive, found Yes");
    }

    @Test
    void otherThresholdIsRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> contract.withObject("/output").put("threshold", 0.9),
                "by label and output.threshold, in training it was Yes");
    }

    @Test
    void categoryThatTheGraphDoesNotKnowIsRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract ->
                        feature(contract, "contract").withArray("categories").set(0, "Monthly"),
                "contract: golden: no row has category Monthly of feature contract");
    }

    @Test
    void featureThatIsNeverMissingIsNotProven() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> contract.withArray("golden")
                        .forEach(golden -> ((ObjectNode) golden.get("row")).put("tenure", 7)),
                "contract: golden: no row in which feature tenure is missing, so its imputation is not proven");
    }

    @Test
    void goldenRowThatTheReaderRejectsIsRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> feature(contract, "monthlycharges").put("sql", "integer"),
                "column monthlycharges: expected a number that integer can hold, found ");
    }

    @Test
    void namesOfFeaturesThatAreSwappedAreRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> {
                    feature(contract, "tenure").put("name", "swap");
                    feature(contract, "monthlycharges").put("name", "tenure");
                    feature(contract, "swap").put("name", "monthlycharges");
                },
                "column monthlycharges: expected a number that integer can hold, found ");
    }

    @Test
    void columnsOfGoldenRowsThatAreSwappedAreRefused() throws IOException, OrtException {
        assertRefusedAfter(
                contract -> contract.withArray("golden").forEach(golden -> {
                    ObjectNode row = (ObjectNode) golden.get("row");
                    JsonNode partner = row.get("partner");
                    row.set("partner", row.get("dependents"));
                    row.set("dependents", partner);
                }),
                "in training it was ");
    }

    @Test
    void orderOfTheFeaturesDoesNotMatter() throws IOException, OrtException {
        Path turned = FaultyModels.underAnotherContract(folder, contract -> {
            ArrayNode features = contract.withArray("features");
            features.add(features.remove(0));
        });

        try (OnnxScorer scorer = OnnxScorer.load(turned)) {
            assertThat(scorer.contract().features().getLast().name()).isEqualTo("gender");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void contractWithoutAProofIsRefusedWithTheWayToGetOne(String version) throws IOException, OrtException {
        assertRefusedAfter(
                contract -> {
                    contract.put("contract", version).remove("golden");
                    contract.withObject("/model").remove("digest");
                },
                "its contract of version " + version + " has no golden rows, so the model cannot be checked:"
                        + " train it again, or add them with make upgrade-model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deleted           | deleted
            source_lsn        | source_lsn
            churn_probability | churn_probability
            """)
    void featureCalledLikeAnOwnColumnIsRefused(String name, String column) throws IOException, OrtException {
        assertRefusedAfter(
                contract -> feature(contract, "tenure").put("name", name),
                "contract: column " + column + " clashes with a column of the captured table");
    }

    @Test
    void forestOfThreeClassesIsRefused() {
        assertRefused(
                THREE_CLASSES,
                "the graph's output probabilities: expected FLOAT of any number of rows by 2 columns, one for each label");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 1_000_000, 1_990_000})
    void fileThatIsCutIsRefused(int bytes) throws IOException {
        byte[] content = Arrays.copyOf(Files.readAllBytes(ShippedModel.FILE), bytes);

        assertThatThrownBy(() -> OnnxScorer.load(Files.write(folder.resolve("cut.onnx"), content)))
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("model " + folder.resolve("cut.onnx") + ": ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void tensorsInAnotherFileAreSeen() throws IOException {
        byte[] elsewhere = field(7, field(5, field(13, new byte[] {1})));

        assertThat(file(elsewhere).needsOtherFiles()).isTrue();
        assertThat(file(field(7, field(5, field(9, new byte[] {1})))).needsOtherFiles())
                .isFalse();
        assertThat(ModelFile.read(ShippedModel.FILE).needsOtherFiles()).isFalse();
    }

    @Test
    void digestDoesNotDependOnTheContract() throws IOException {
        ModelFile shipped = ModelFile.read(ShippedModel.FILE);

        assertThat(shipped.withContract("{}").digest()).isEqualTo(shipped.digest());
        assertThat(shipped.withContract("{}").contract()).isEqualTo("{}");
        assertThat(shipped.withNote("another").digest()).isNotEqualTo(shipped.digest());
        assertThat(file(field(7, new byte[] {1})).digest()).isNotEqualTo(shipped.digest());
    }

    private ModelFile file(byte[] content) throws IOException {
        return ModelFile.read(Files.write(Files.createTempFile(folder, "model", ".onnx"), content));
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write((number << 3) | 2);
        field.write(content.length);
        field.writeBytes(content);
        return field.toByteArray();
    }

    private static ObjectNode feature(ObjectNode contract, String name) {
        for (JsonNode feature : contract.withArray("features")) {
            if (feature.get("name").asText().equals(name)) {
                return (ObjectNode) feature;
            }
        }
        throw new IllegalArgumentException(name);
    }
}
