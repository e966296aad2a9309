package dev.rowcast.local.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.contract.ModelContract.Captured;
import dev.rowcast.model.contract.ModelContract.Label;
import dev.rowcast.model.contract.ModelContract.Model;
import dev.rowcast.model.contract.ModelContract.Source;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaSqlTest {

    private static final ModelContract LOAN = Models.contract(Models.LOAN);

    @Test
    void schemaOfTheExampleIsWhatItsModelAsksFor() throws IOException {
        Path folder = Checkout.find().resolve("examples/loan");

        assertThat(folder.resolve("schema.sql")).content().isEqualTo(SchemaSql.of(LOAN));
        assertThat(folder.resolve("loan.onnx").toRealPath()).isEqualTo(Models.LOAN.toRealPath());
        assertThat(Files.readString(folder.resolve("connector.yaml")))
                .contains("slot.name: " + SchemaSql.slot(LOAN), "publication.name: " + SchemaSql.slot(LOAN));
    }

    @Test
    void slotHasOnlyCharactersThatASlotMayHave() {
        assertThat(SchemaSql.slot(named("Loans, 2nd"))).isEqualTo("rowcast_loans__2nd");
    }

    @Test
    void nameThatPostgresWouldNotKeepIsRefused() {
        refused(of(new Source("public", "t".repeat(64), List.of("id")), LOAN.label()), "has more than 63 bytes");
        refused(of(LOAN.source(), new Label("l".repeat(52), "Yes", "No")), "has more than 63 bytes");
    }

    @Test
    void textThatCouldEndALineIsRefused() {
        refused(named("loan\n; DROP TABLE person_churn_history; --"), "holds a control character");
        refused(of(new Source("public", "a\nb", List.of("id")), LOAN.label()), "holds a control character");
        refused(of(LOAN.source(), new Label("status", "bad\n", "good")), "holds a control character");
    }

    @Test
    void columnsThatWouldBeThereTwiceAreNamed() {
        refused(
                of(new Source("public", "loan", List.of("income")), LOAN.label()),
                "column income is both key and feature");
        refused(of(LOAN.source(), new Label("income", "bad", "good")), "column income is the label and more than that");
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

    private static ModelContract with(Model model, Source source, Captured captured, Label label) {
        return new ModelContract(
                LOAN.version(),
                model,
                source,
                captured,
                LOAN.features(),
                label,
                LOAN.output(),
                LOAN.training(),
                LOAN.parity());
    }
}
