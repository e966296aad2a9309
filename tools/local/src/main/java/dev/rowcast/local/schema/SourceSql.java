package dev.rowcast.local.schema;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.Feature.NumberHistogram;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.sql.TimePart;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The source table of a contract.
///
/// @param contract names the table and its columns
/// @param row      its columns
record SourceSql(ModelContract contract, RowColumns row) {

    /// Highest number of categories in a comment.
    private static final int MOST_CATEGORIES = 12;

    /// The quoted name.
    String name() {
        return Sql.name(contract.source().schema(), contract.source().table());
    }

    String text() {
        List<String> lines = new ArrayList<>(row.lines());
        lines.addAll(
                row.constraints(Sql.fitting(contract.source().table() + "_key_is_deliverable", "key_is_deliverable")));
        return """
            CREATE TABLE IF NOT EXISTS %1$s (
                %2$s
            );

            ALTER TABLE %1$s REPLICA IDENTITY FULL;
            ALTER TABLE %1$s OWNER TO app;

            COMMENT ON TABLE %1$s IS
                'Source: one row per key, as it is now. Every committed change of a row is scored.';
            %3$s
            -- TRUNCATE is no change of any row: it would leave predictions of rows that are gone. Rows leave by DELETE.
            CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON %1$s
                FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_refuse_truncate();

            -- A row whose change Kafka would not take is refused here, where the one who writes it reads why.
            SELECT public.rowcast_limit_rows(%4$s);
            """.formatted(name(), String.join(",\n    ", lines), comments(), Sql.text(name()));
    }

    private String comments() {
        StringBuilder comments = new StringBuilder();
        for (String column : row.key()) {
            comment(comments, column, row.isText(column) ? "Key; 1 to 512 bytes, no control characters." : "Key.");
        }
        Map<String, String> meanings = new LinkedHashMap<>();
        contract.features().forEach(feature -> meanings.merge(feature.column(), meaning(feature), "%s %s"::formatted));
        meanings.forEach((column, meaning) -> comment(comments, column, meaning));
        comment(comments, contract.label().name(), labels() + "; null while it is not known. Never a feature.");
        return comments.toString();
    }

    private void comment(StringBuilder comments, String column, String text) {
        comments.append("COMMENT ON COLUMN %s.%s IS %s;\n".formatted(name(), Sql.name(column), Sql.text(text)));
    }

    private String labels() {
        return switch (contract.output()) {
            case Output.Binary binary -> binary.positive() + " or " + binary.negative();
            case Output.Multiclass classes -> String.join(", ", classes.classes());
            case Output.Regression regression ->
                "A number" + regression.unit().map(unit -> " in " + unit).orElse("");
        };
    }

    private static String meaning(Feature feature) {
        return switch (feature) {
            case Feature.Category category -> {
                List<String> known = category.categories();
                String rest =
                        known.size() > MOST_CATEGORIES ? " and " + (known.size() - MOST_CATEGORIES) + " more" : "";
                yield known.stream().limit(MOST_CATEGORIES).collect(Collectors.joining(", ")) + rest
                        + "; others are unknown to the model.";
            }
            case Feature.Numeric number -> "A number; " + range(number.histogram());
            case Feature.Temporal time ->
                "Its " + time.part().unit().name().toLowerCase(Locale.ROOT) + since(time.part()) + ": "
                        + range(time.histogram());
        };
    }

    private static String since(TimePart part) {
        String since = part.unit() == TimePart.Unit.DAYS ? " since " + part.since() : "";
        return part.zone().equals(ZoneOffset.UTC) ? since : since + " in zone " + part.zone();
    }

    private static String range(NumberHistogram histogram) {
        return "from %s to %s in training."
                .formatted(
                        plain(histogram.edges().getFirst()),
                        plain(histogram.edges().getLast()));
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
