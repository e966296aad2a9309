package dev.rowcast.model.contract;

import dev.rowcast.model.contract.Feature.CategoryHistogram;
import dev.rowcast.model.contract.Feature.Missing;
import dev.rowcast.model.contract.Feature.NumberHistogram;
import dev.rowcast.model.contract.ModelContract.Captured;
import dev.rowcast.model.contract.ModelContract.Histogram;
import dev.rowcast.model.contract.ModelContract.Label;
import dev.rowcast.model.contract.ModelContract.Model;
import dev.rowcast.model.contract.ModelContract.Output;
import dev.rowcast.model.contract.ModelContract.Parity;
import dev.rowcast.model.contract.ModelContract.Source;
import dev.rowcast.model.contract.ModelContract.Training;
import dev.rowcast.model.contract.Proof.Golden;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Parses a [ModelContract] field by field, so that every message names its field.
public final class ContractParser {

    private static final Pattern VERSION = Pattern.compile(".+-[0-9a-f]{12}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final List<String> REQUIRED_METRICS = List.of("roc_auc", "roc_auc_sd", "brier");

    // The first minor version with a proof.
    private static final int PROVEN = 2;

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
        ModelContract contract = new ModelContract(
                version,
                model(root.object("model")),
                source(root.object("source")),
                captured(root.object("captured")),
                features(root),
                label(root.object("label")),
                output(root.object("output")),
                training(root.object("training")),
                parity(root.object("parity")));
        ContractCheck.clash(contract).ifPresent(column -> {
            throw new ContractException("contract: column " + column + " clashes with a column of the captured table");
        });
        boolean isProven =
                minor >= PROVEN || root.has("golden") || root.object("model").has("digest");
        return new Parsed(contract, isProven ? Optional.of(proof(root)) : Optional.empty());
    }

    private static Proof proof(ContractField root) {
        String digest = digest(root.object("model"));
        List<Golden> rows = root.elements("golden").stream()
                .map(golden -> new Golden(golden.row("row"), golden.probability("probability"), golden.text("label")))
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
                    "expected text, smallint, integer, bigint or uuid, found "
                            + types.stream().map(SqlType::name).toList());
        }
        return new Source(schema, table, key, types);
    }

    private static Captured captured(ContractField captured) {
        return new Captured(captured.text("schema"), captured.text("table"));
    }

    private static List<Feature> features(ContractField root) {
        List<Feature> features =
                root.elements("features").stream().map(ContractParser::feature).toList();
        root.field("features")
                .requireDifferent(features.stream().map(Feature::name).toList(), "feature");
        return features;
    }

    private static Feature feature(ContractField feature) {
        String name = feature.text("name");
        String type = feature.text("type");
        Feature read = switch (type) {
            case "category" -> category(feature, name);
            case "number" -> number(feature, name);
            default ->
                throw feature.fault(
                        "type",
                        "feature " + name + " has the unknown type \"" + type + "\", known are category, number");
        };
        List<ColumnKind> kinds = ContractCheck.kindsOf(read);
        if (kinds.stream().noneMatch(kind -> kind.holds(read.sql().name()))) {
            throw feature.fault(
                    "sql",
                    "expected a type that holds " + ContractCheck.phrase(kinds) + ", found \""
                            + read.sql().name() + "\"");
        }
        return read;
    }

    private static Feature number(ContractField feature, String name) {
        if (feature.has("categories")) {
            throw feature.fault("categories", "a number has none");
        }
        return new Feature.Numeric(
                name, missing(feature), numberHistogram(feature.object("histogram")), sql(feature, SqlType.DOUBLE));
    }

    private static SqlType sql(ContractField feature, SqlType usual) {
        return feature.has("sql") ? feature.sqlType("sql") : usual;
    }

    private static Feature category(ContractField feature, String name) {
        List<String> categories = feature.differentTexts("categories", "category");
        ContractField histogram = feature.object("histogram");
        List<Long> counts = histogram.counts("counts");
        if (counts.size() != categories.size()) {
            throw histogram.fault(
                    "counts",
                    "expected one count for each of " + categories.size() + " categories, found " + counts.size());
        }
        return new Feature.Category(
                name,
                missing(feature),
                categories,
                new CategoryHistogram(counts, histogram.count("missing")),
                sql(feature, SqlType.TEXT));
    }

    private static Missing missing(ContractField feature) {
        String missing = feature.text("missing");
        return switch (missing) {
            case "impute" -> Missing.IMPUTE;
            case "reject" -> Missing.REJECT;
            default -> throw feature.fault("missing", "expected impute or reject, found \"" + missing + "\"");
        };
    }

    private static NumberHistogram numberHistogram(ContractField field) {
        Histogram histogram = histogram(field);
        return new NumberHistogram(histogram.edges(), histogram.counts(), field.count("missing"));
    }

    private static Histogram histogram(ContractField histogram) {
        List<Double> edges = histogram.numbers("edges");
        List<Long> counts = histogram.counts("counts");
        if (counts.isEmpty() || edges.size() != counts.size() + 1) {
            throw histogram.fault("needs one edge more than counts, found " + edges.size() + " edges and "
                    + counts.size() + " counts");
        }
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                throw histogram.fault("edges", "edge " + edges.get(i) + " is not above " + edges.get(i - 1));
            }
        }
        return new Histogram(edges, counts);
    }

    private static Label label(ContractField label) {
        Label read = new Label(label.text("name"), label.text("positive"), label.text("negative"));
        if (read.positive().equals(read.negative())) {
            throw label.fault("negative", "expected another value than label.positive, found " + read.negative());
        }
        return read;
    }

    private static Output output(ContractField output) {
        double threshold = output.number("threshold");
        if (threshold <= 0 || threshold >= 1) {
            throw output.fault("threshold", "expected a probability between 0 and 1, found " + threshold);
        }
        return new Output(
                output.text("tensor"),
                output.count("column", 0, 1),
                output.text("meaning"),
                threshold,
                histogram(output.object("histogram")));
    }

    private static Training training(ContractField training) {
        ContractField metrics = training.object("metrics");
        REQUIRED_METRICS.forEach(metrics::number);
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
