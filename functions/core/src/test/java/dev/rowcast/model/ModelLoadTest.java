package dev.rowcast.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Error messages for models that cannot be used.
class ModelLoadTest {

    private static String contract;

    @TempDir
    private Path folder;

    @BeforeAll
    static void readContract() throws OrtException {
        contract = ShippedModel.contractText();
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> OnnxScorer.load(Path.of("no/such.onnx")))
                .isInstanceOf(ContractException.class)
                .hasMessage("model no/such.onnx: the file does not exist or is not readable");
    }

    @Test
    void fileThatIsNoModelIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("text.onnx"), "this is no model");

        assertThatThrownBy(() -> OnnxScorer.load(file))
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("model " + file + ": cannot be loaded: ");
    }

    @Test
    void modelWithoutAContractIsNamed() throws IOException {
        String shipped = Files.readString(ShippedModel.FILE, ISO_8859_1);
        Path file = Files.writeString(
                folder.resolve("other.onnx"), shipped.replace("rowcast.contract", "another.contract"), ISO_8859_1);

        assertThatThrownBy(() -> OnnxScorer.load(file))
                .isInstanceOf(ContractException.class)
                .hasMessage("model " + file + ": its metadata has no rowcast.contract, so its inputs are unknown");
    }

    @Test
    void sameContractInAnotherFileLoads() throws IOException {
        Path file = FaultyModels.underContract(folder, contract);

        try (OnnxScorer other = OnnxScorer.load(file)) {
            assertThat(other.contract()).isEqualTo(ModelContract.parse(contract));
        }
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            "contract": "1.2"         | "contract": "2.0"          | contract: contract: major version 2 is not supported, only 1 is
            "name": "tenure"          | "name": "months"           | the graph has no input months, which the contract names
            "tensor": "probabilities" | "tensor": "likelihood"     | the graph has no output likelihood, which the contract names
            "tensor": "probabilities" | "tensor": "label"          | the graph's output label: expected FLOAT of any number of rows by 2 columns
            "column": 1               | "column": 2                | contract: output.column: expected a whole number from 0 to 1, found 2
            """)
    void contractThatTheGraphDoesNotKeepIsNamed(String text, String replacement, String message) throws IOException {
        assertThat(contract).contains(text);
        Path file = FaultyModels.underContract(folder, contract.replace(text, replacement));

        assertThatThrownBy(() -> OnnxScorer.load(file))
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("model " + file + ": " + message);
    }

    @Test
    void featureOfAnotherTypeThanItsInputIsNamed() throws IOException {
        String wrong = SmallContract.changed(
                contract,
                document -> document.withArray("features").forEach(feature -> {
                    if (feature.get("name").asText().equals("gender")) {
                        ObjectNode gender = (ObjectNode) feature;
                        gender.put("type", "number").put("sql", "integer").remove("categories");
                        gender.putObject("histogram")
                                .put("missing", 0)
                                .putArray("edges")
                                .add(0)
                                .add(1);
                        gender.withObject("/histogram").putArray("counts").add(1);
                    }
                }));
        Path file = FaultyModels.underContract(folder, wrong);

        assertThatThrownBy(() -> OnnxScorer.load(file))
                .hasMessageContaining("the graph's input gender: expected FLOAT of any number of rows by 1, found");
    }

    @Test
    void inputThatIsNoFeatureIsNamed() throws IOException {
        String wrong = SmallContract.changed(
                contract, document -> document.withArray("features").remove(0));
        Path file = FaultyModels.underContract(folder, wrong);

        assertThatThrownBy(() -> OnnxScorer.load(file))
                .hasMessageContaining("the graph has inputs that are not features of the contract: [gender]");
    }
}
