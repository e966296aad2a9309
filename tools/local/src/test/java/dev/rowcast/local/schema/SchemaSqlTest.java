package dev.rowcast.local.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.contract.ModelContract.Captured;
import dev.rowcast.model.contract.ModelContract.Label;
import dev.rowcast.model.contract.ModelContract.Model;
import dev.rowcast.model.contract.ModelContract.Source;
import dev.rowcast.model.output.Output;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaSqlTest {

    private static final ModelContract LOAN = SchemaModels.contract(SchemaModels.LOAN);

    @Test
    void schemaOfTheExampleEqualsTheGeneratedOne() throws IOException {
        Path folder = Checkout.find().resolve("examples/loan");

        assertThat(folder.resolve("schema.sql")).content().isEqualTo(SchemaSql.of(LOAN));
        assertThat(folder.resolve("loan.onnx").toRealPath()).isEqualTo(SchemaModels.LOAN.toRealPath());
        assertThat(Files.readString(folder.resolve("connector.yaml")))
                .contains(
                        "slot.name: " + SchemaSql.slot(LOAN.model().name()),
                        "publication.name: " + SchemaSql.slot(LOAN.model().name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic-regression", "gradient-boosting", "lightgbm", "xgboost", "sigmoid-calibrated"})
    void predictorServesWrappedModelsWithThePrintedTables(String library) {
        Path folder = Checkout.find().resolve("functions/predictor/src/test/resources/wrapped");

        assertThat(folder.resolve("visits.sql"))
                .content()
                .isEqualTo(SchemaSql.of(SchemaModels.contract(folder.resolve(library + ".onnx"))));
    }

    @Test
    void slotNameHasOnlyAllowedCharacters() {
        assertThat(SchemaSql.slot("Loans, 2nd")).isEqualTo("rowcast_loans__2nd");
    }

    @Test
    void nameThatIsTooLongForPostgresIsRefused() {
        refused(of(new Source("public", "t".repeat(64), List.of("id")), LOAN.label()), "has more than 63 bytes");
        refused(of(LOAN.source(), new Label("l".repeat(52))), "has more than 63 bytes");
    }

    @Test
    void tableWithTheLongestNameHasAShorterConstraint() {
        String table = "t".repeat(63);

        assertThat(SchemaSql.of(of(new Source("public", table, List.of("id")), LOAN.label())))
                .contains("\"public\".\"" + table + "\"", "CONSTRAINT \"key_is_deliverable\"");
    }

    @Test
    void textWithAControlCharacterIsRefused() {
        refused(named("loan\n; DROP TABLE person_churn_history; --"), "has a control character");
        refused(of(new Source("public", "a\nb", List.of("id")), LOAN.label()), "has a control character");
        refused(labelled("bad\n"), "has a control character");
    }

    @Test
    void duplicateColumnsAreNamed() {
        refused(
                of(new Source("public", "loan", List.of("income")), LOAN.label()),
                "column income is both key and feature");
        refused(of(LOAN.source(), new Label("income")), "column income is both label and key or feature");
        refused(
                of(new Source("public", "loan", List.of("operation")), LOAN.label()),
                "column operation of the source table clashes with a column of the captured table");
        refused(
                of(new Source("public", "loan_application_captured", List.of("id")), LOAN.label()),
                "is both source and captured table");
    }

    private static void refused(ModelContract contract, String message) {
        assertThatThrownBy(() -> SchemaSql.of(contract))
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("contract: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private static ModelContract named(String model) {
        return with(new Model(model, LOAN.model().version()), LOAN.source(), LOAN.captured(), LOAN.label());
    }

    private static ModelContract of(Source source, Label label) {
        return with(LOAN.model(), source, LOAN.captured(), label);
    }

    private static ModelContract labelled(String positive) {
        Output.Binary own = LOAN.binary();
        return with(
                LOAN.model(),
                LOAN.source(),
                LOAN.captured(),
                LOAN.label(),
                new Output.Binary(
                        own.tensor(),
                        own.meaning(),
                        own.column(),
                        positive,
                        own.negative(),
                        own.threshold(),
                        own.histogram()));
    }

    private static ModelContract with(Model model, Source source, Captured captured, Label label) {
        return with(model, source, captured, label, LOAN.output());
    }

    private static ModelContract with(Model model, Source source, Captured captured, Label label, Output output) {
        return new ModelContract(
                LOAN.version(),
                model,
                source,
                captured,
                LOAN.features(),
                label,
                output,
                LOAN.training(),
                LOAN.parity());
    }
}
