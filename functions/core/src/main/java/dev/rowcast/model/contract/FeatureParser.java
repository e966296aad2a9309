package dev.rowcast.model.contract;

import dev.rowcast.model.contract.Feature.CategoryHistogram;
import dev.rowcast.model.contract.Feature.Missing;
import dev.rowcast.model.contract.Feature.NumberHistogram;
import dev.rowcast.model.output.Histogram;
import dev.rowcast.model.sql.ColumnKind;
import dev.rowcast.model.sql.SqlType;
import dev.rowcast.model.sql.TimePart;
import dev.rowcast.model.sql.TimePart.Unit;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Parses the features of a contract.
final class FeatureParser {

    private FeatureParser() {}

    static List<Feature> features(ContractField root) {
        List<ContractField> fields = root.elements("features");
        List<Feature> features = fields.stream().map(FeatureParser::feature).toList();
        root.field("features")
                .requireDifferent(features.stream().map(Feature::name).toList(), "feature");
        Map<String, SqlType> types = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            Feature feature = features.get(i);
            SqlType before = types.putIfAbsent(feature.column(), feature.sql());
            if (before != null && !before.equals(feature.sql())) {
                throw fields.get(i)
                        .fault(
                                "sql",
                                "expected " + before.name() + " as of another feature of column " + feature.column()
                                        + ", found " + feature.sql().name());
            }
        }
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

    private static String column(ContractField feature, String name) {
        return feature.has("column") ? feature.text("column") : name;
    }

    private static Feature number(ContractField feature, String name) {
        if (feature.has("categories")) {
            throw feature.fault("categories", "a number has none");
        }
        SqlType sql = sql(feature, SqlType.DOUBLE);
        NumberHistogram histogram = numberHistogram(feature.object("histogram"));
        if (sql.isTime()) {
            return new Feature.Temporal(
                    name, column(feature, name), missing(feature), histogram, sql, part(feature, sql));
        }
        refuseParts(feature, sql);
        return new Feature.Numeric(name, column(feature, name), missing(feature), histogram, sql);
    }

    private static void refuseParts(ContractField feature, SqlType sql) {
        for (String field : List.of("part", "since", "zone")) {
            if (feature.has(field)) {
                throw feature.fault(field, "only date, timestamp and timestamptz have it, not " + sql.name());
            }
        }
    }

    private static TimePart part(ContractField feature, SqlType sql) {
        Unit unit = switch (feature.text("part")) {
            case "days" -> Unit.DAYS;
            case "month" -> Unit.MONTH;
            case "weekday" -> Unit.WEEKDAY;
            case "hour" -> Unit.HOUR;
            default ->
                throw feature.fault("part", "expected days, month, weekday or hour, found " + feature.text("part"));
        };
        if (unit == Unit.HOUR && sql.isDate()) {
            throw feature.fault("part", "a date has no hour");
        }
        return new TimePart(unit, since(feature, unit), zone(feature, sql));
    }

    private static LocalDate since(ContractField feature, Unit unit) {
        if (unit != Unit.DAYS) {
            if (feature.has("since")) {
                throw feature.fault("since", "only the part days has it");
            }
            return LocalDate.EPOCH;
        }
        try {
            return LocalDate.parse(feature.text(
                    "since", ContractField.DATE, "the date from which days are counted, such as 2000-01-01"));
        } catch (DateTimeException noSuchDay) {
            throw feature.fault("since", "there is no day " + feature.text("since"));
        }
    }

    private static ZoneId zone(ContractField feature, SqlType sql) {
        if (!sql.hasZone()) {
            if (feature.has("zone")) {
                throw feature.fault("zone", "only timestamptz has it, not " + sql.name());
            }
            return ZoneOffset.UTC;
        }
        String zone = feature.text("zone");
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw feature.fault("zone", "expected a time zone such as Europe/Berlin or UTC, found " + zone);
        }
        return ZoneId.of(zone);
    }

    private static SqlType sql(ContractField feature, SqlType usual) {
        return feature.has("sql") ? feature.sqlType("sql") : usual;
    }

    private static Feature category(ContractField feature, String name) {
        List<String> categories = feature.differentTexts("categories", "category");
        ContractField histogram = feature.object("histogram");
        List<Long> counts = histogram.counts("counts", categories.size(), "categories");
        SqlType sql = sql(feature, SqlType.TEXT);
        refuseParts(feature, sql);
        return new Feature.Category(
                name,
                column(feature, name),
                missing(feature),
                categories,
                new CategoryHistogram(counts, histogram.count("missing")),
                sql);
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
        Histogram histogram = field.histogram();
        return new NumberHistogram(histogram.edges(), histogram.counts(), field.count("missing"));
    }
}
