package dev.rowcast.table;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.contract.ModelContract.Captured;
import dev.rowcast.model.contract.ModelContract.Label;
import dev.rowcast.model.contract.ModelContract.Source;
import dev.rowcast.model.sql.SqlType;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.util.List;

/// Contracts whose names need quotes everywhere.
public final class StrangeContracts {

    /// The model of the example.
    public static final Path LOAN_FILE = Checkout.find().resolve("trainer-notebook/example/loan.onnx");

    /// The contract of the example.
    public static final ModelContract LOAN = load();

    private StrangeContracts() {}

    private static ModelContract load() {
        try (OnnxScorer model = OnnxScorer.load(LOAN_FILE)) {
            return model.contract();
        }
    }

    /// The contract of the example for other tables.
    public static ModelContract tables(String schema, String table, String captured) {
        return with(
                new Source(schema, table, LOAN.source().key(), LOAN.source().keyTypes()),
                new Captured(schema, captured),
                LOAN.features(),
                LOAN.label());
    }

    /// Quotes, blanks, commas, regular expressions and other scripts in the name of the schema, tables and columns, and
    /// a
    /// key of two columns.
    public static ModelContract strange() {
        Feature.Numeric number = (Feature.Numeric) LOAN.features().getFirst();
        List<Feature> features = List.of(
                new Feature.Numeric("Größe, \"m²\" {{name}} $1 \\", number.missing(), number.histogram(), number.sql()),
                new Feature.Numeric("_id", number.missing(), number.histogram(), new SqlType("numeric(12,2)")),
                new Feature.Numeric("a.b", number.missing(), number.histogram(), new SqlType("double precision")),
                new Feature.Numeric("rowcast", number.missing(), number.histogram(), new SqlType("real")));
        return with(
                new Source(
                        "Verkauf's (neu)",
                        "Bestellungen: \"{alle}\", 100% #1",
                        List.of("Kunde,Nr", "日付\\"),
                        List.of(SqlType.TEXT, new SqlType("uuid"))),
                new Captured("Verkauf's (neu)", "Bestellungen_${x:y}"),
                features,
                new Label("Rück\"läufer"));
    }

    private static ModelContract with(Source source, Captured captured, List<Feature> features, Label label) {
        return new ModelContract(
                LOAN.version(),
                LOAN.model(),
                source,
                captured,
                features,
                label,
                LOAN.output(),
                LOAN.training(),
                LOAN.parity());
    }
}
