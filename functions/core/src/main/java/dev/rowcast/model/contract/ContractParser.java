package dev.rowcast.model.contract;

import dev.rowcast.model.contract.ModelContract.Captured;
import dev.rowcast.model.contract.ModelContract.Label;
import dev.rowcast.model.contract.ModelContract.Model;
import dev.rowcast.model.contract.ModelContract.Parity;
import dev.rowcast.model.contract.ModelContract.Source;
import dev.rowcast.model.contract.ModelContract.Training;
import dev.rowcast.model.contract.Proof.Golden;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.sql.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Parses a [ModelContract] field by field, so that every message names its field.
public final class ContractParser {

    private static final Pattern VERSION = Pattern.compile(".+-[0-9a-f]{12}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    // The first minor version with a proof.
    private static final int PROVEN = 2;

    // The first minor version with kinds of outputs, and with columns and parts of features.
    private static final int TYPED = 3;
    private static final Set<String> LATER_KEYS = Set.of("varchar", "char", "date");
    private static final Set<String> LATER_TYPES =
            Set.of("varchar", "char", "uuid", "date", "timestamp", "timestamptz");

    /// A parsed contract.
    ///
    /// @param contract the contract
    /// @param proof the proof; empty for a contract older than 1.2
    public record Parsed(ModelContract contract, Optional<Proof> proof) {}

    private ContractParser() {}

    /// Parses a contract, see [ModelContract#parse].
    public static Parsed parse(String json) {
        ContractField root = ContractField.parse(json);
        String version = root.text("contract");
        if (!version.matches("(0|[1-9]\\d{0,3})\\.\\d{1,4}")) {
            throw root.fault("contract", "expected a version such as 1.0, found \"" + version + "\"");
        }
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        if (major != ModelContract.MAJOR) {
            throw root.fault(
                    "contract", "major version " + major + " is not supported, only " + ModelContract.MAJOR + " is");
        }
        int minor = Integer.parseInt(version.substring(version.indexOf('.') + 1));
        if (minor < TYPED) {
            refuseLaterFields(root);
        }
        Output output = OutputParser.output(root);
        ModelContract contract = new ModelContract(
                version,
                model(root.object("model")),
                source(root.object("source")),
                captured(root.object("captured")),
                FeatureParser.features(root),
                new Label(root.object("label").text("name")),
                output,
                training(root.object("training"), OutputParser.requiredMetrics(output)),
                parity(root.object("parity")));
        ContractCheck.clash(contract).ifPresent(column -> {
            throw new ContractException("contract: column " + column + " clashes with a column of the captured table");
        });
        boolean isProven =
                minor >= PROVEN || root.has("golden") || root.object("model").has("digest");
        return new Parsed(contract, isProven ? Optional.of(proof(root, output)) : Optional.empty());
    }

    /// Refuses what a reader of an older version would ignore or refuse.
    private static void refuseLaterFields(ContractField root) {
        String since = "needs contract version 1.3";
        root.object("output").refuse(since, "kind");
        if (root.object("source").has("key_type")) {
            root.object("source").elements("key_type").forEach(type -> type.refuseType(LATER_KEYS, since));
        }
        for (ContractField feature : root.elements("features")) {
            feature.refuse(since, "column", "part", "since", "zone");
            if (feature.has("sql")) {
                feature.field("sql").refuseType(LATER_TYPES, since);
                boolean isNumberAsText = feature.text("type").equals("number")
                        && feature.text("sql").equals("text");
                if (isNumberAsText) {
                    throw feature.fault("sql", "a number in a column of text " + since);
                }
            }
        }
    }

    private static Proof proof(ContractField root, Output output) {
        String digest = digest(root.object("model"));
        List<Golden> rows = root.elements("golden").stream()
                .map(golden -> OutputParser.golden(golden, output))
                .toList();
        if (rows.isEmpty()) {
            throw root.fault("golden", "needs at least one row");
        }
        return new Proof(digest, rows);
    }

    private static Model model(ContractField model) {
        return new Model(
                model.text("name"),
                model.text("version", VERSION, "a name and 12 hexadecimal digits, such as churn-0123456789ab"));
    }

    private static Source source(ContractField source) {
        List<String> key = source.differentTexts("key", "column");
        String schema = source.text("schema");
        String table = source.text("table");
        if (!source.has("key_type")) {
            return new Source(schema, table, key);
        }
        List<SqlType> types = source.sqlTypes("key_type");
        if (types.size() != key.size()) {
            throw source.fault(
                    "key_type",
                    "expected one type for each of " + key.size() + " columns of the key, found " + types.size());
        }
        if (!types.stream().allMatch(SqlType::isForKeys)) {
            throw source.fault(
                    "key_type",
                    "expected text, varchar(n), char(n), smallint, integer, bigint, uuid or date, found "
                            + types.stream().map(SqlType::name).toList());
        }
        return new Source(schema, table, key, types);
    }

    private static Captured captured(ContractField captured) {
        return new Captured(captured.text("schema"), captured.text("table"));
    }

    private static Training training(ContractField training, List<String> requiredMetrics) {
        ContractField metrics = training.object("metrics");
        requiredMetrics.forEach(metrics::number);
        return new Training(
                training.text("data"),
                training.text("licence"),
                training.count("rows", 1, Integer.MAX_VALUE),
                digest(training),
                metrics.numbersByName());
    }

    private static String digest(ContractField of) {
        return of.text("digest", DIGEST, "sha256: and 64 hexadecimal digits");
    }

    private static Parity parity(ContractField parity) {
        double tolerance = parity.number("tolerance");
        if (tolerance <= 0) {
            throw parity.fault("tolerance", "expected more than 0, found " + tolerance);
        }
        return new Parity(parity.count("rows", 1, Integer.MAX_VALUE), digest(parity), tolerance);
    }
}
