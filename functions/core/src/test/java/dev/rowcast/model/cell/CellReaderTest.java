package dev.rowcast.model.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.Feature.CategoryHistogram;
import dev.rowcast.model.contract.Feature.Missing;
import dev.rowcast.model.contract.Feature.NumberHistogram;
import dev.rowcast.model.sql.SqlType;
import dev.rowcast.model.sql.TimePart;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cases that the trainer runs too, out of one file.
class CellReaderTest {

    private static final Path CASES = Path.of("../../trainer-notebook/cells.json");
    private static final Path SCHEMA = Path.of("../../trainer-notebook/contract.schema.json");

    // As the decoder reads an event: decimals keep every digit.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        JsonNode file = JSON.readTree(Files.readString(CASES));
        file.get("cases").forEach(cases::add);
        return cases;
    }

    private static List<JsonNode> later(String list) throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        JSON.readTree(Files.readString(CASES)).get(list).forEach(cases::add);
        return cases;
    }

    private static CellReader timeReader(JsonNode example) {
        TimePart part = new TimePart(
                TimePart.Unit.valueOf(example.get("part").asText().toUpperCase(Locale.ROOT)),
                LocalDate.parse(example.path("since").asText("1970-01-01")),
                ZoneId.of(example.path("zone").asText("UTC")));
        SqlType sql = new SqlType(example.get("sql").asText());
        NumberHistogram histogram = new NumberHistogram(List.of(0.0, 1.0), List.of(1L), 0);
        return new CellReader(new Feature.Temporal("x", "at", Missing.IMPUTE, histogram, sql, part));
    }

    private static CellReader reader(JsonNode example) {
        SqlType sql = new SqlType(example.get("sql").asText());
        if (example.get("type").asText().equals("number")) {
            NumberHistogram histogram = new NumberHistogram(List.of(0.0, 1.0), List.of(1L), 0);
            return new CellReader(new Feature.Numeric("x", Missing.IMPUTE, histogram, sql));
        }
        List<String> known = List.of(example.path("category").asText("none"));
        return new CellReader(
                new Feature.Category("x", Missing.IMPUTE, known, new CategoryHistogram(List.of(1L), 0), sql));
    }

    private static JsonNode cell(JsonNode example) {
        return example.has("cell") ? example.get("cell") : example.get("value");
    }

    private static Cell expected(JsonNode example, Cell found) {
        if (example.has("missing")) {
            return new Cell.Missing();
        }
        if (example.has("number")) {
            return new Cell.Numeric((float) example.get("number").doubleValue());
        }
        return example.has("category")
                ? new Cell.Category(example.get("category").asText())
                : new Cell.Refused(found instanceof Cell.Refused(String why) ? why : "anything");
    }

    @Test
    void everyCaseIsReadAsTheTrainerReadsIt() throws IOException {
        List<JsonNode> cases = cases();

        assertThat(cases).hasSizeGreaterThan(600).allSatisfy(example -> {
            Cell found = reader(example).read(cell(example));
            assertThat(found).as("%s", example).isEqualTo(expected(example, found));
        });
    }

    @Test
    void everyLaterCaseIsReadAndStoredAsTheTrainerSays() throws IOException {
        assertThat(later("later")).hasSizeGreaterThan(40).allSatisfy(example -> {
            Cell found = reader(example).read(cell(example));
            assertThat(found).as("%s", example).isEqualTo(expected(example, found));
            if (example.has("stored")) {
                assertThat(reader(example).stored(cell(example)))
                        .as("%s", example)
                        .contains(example.get("stored").asText());
            }
        });
    }

    @Test
    void everyPartOfADateOrATimeIsReadAsTheTrainerReadsIt() throws IOException {
        assertThat(later("times")).hasSizeGreaterThan(100).allSatisfy(example -> {
            Cell found = timeReader(example).read(cell(example));
            assertThat(found).as("%s", example).isEqualTo(expected(example, found));
        });
    }

    @Test
    void dateOrTimeIsStoredInOneSpelling() throws IOException {
        assertThat(later("times"))
                .allSatisfy(example -> assertThat(timeReader(example).stored(cell(example)))
                        .as("%s", example)
                        .isEqualTo(Optional.ofNullable(example.get("stored")).map(JsonNode::asText)));
    }

    @Test
    void whatIsReadIsStoredInTheSpellingOfItsType() throws IOException {
        assertStored("stored", example -> Optional.of(example.get("stored").asText()));
    }

    @Test
    void whatNoColumnHoldsIsStoredAsNothing() throws IOException {
        assertStored("refused", example -> Optional.empty());
    }

    /// What is stored of each case that has this field.
    private static void assertStored(String field, Function<JsonNode, Optional<String>> expected) throws IOException {
        assertThat(cases())
                .filteredOn(example -> example.has(field))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(reader(example).stored(cell(example)))
                        .as("%s", example)
                        .isEqualTo(expected.apply(example)));
    }

    @ParameterizedTest
    @CsvSource({
        "number_text, '[+-]?([0-9]{1,400}(\\.[0-9]{0,400})?|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?'",
        "boolean_text, '([tT]([rR][uU][eE])?|[fF]([aA][lL][sS][eE])?)'",
        "blank_text, ''",
        "date_text, '[0-9]{4}-[0-9]{2}-[0-9]{2}Z?'",
        "timestamp_text, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?)?Z?'",
        "timestamptz_text, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?"
                + "(Z|[+-][0-9]{2}(:?[0-9]{2})?)'"
    })
    void publishedSchemaHasTheSameGrammar(String name, String pattern) throws IOException {
        String published = JSON.readTree(Files.readString(SCHEMA))
                .at("/$defs/" + name + "/pattern")
                .asText();
        String spaces = "[\\t-\\r ]*";

        assertThat(published).isEqualTo(pattern.isEmpty() ? "^" + spaces + "$" : "^" + spaces + pattern + spaces + "$");
        assertThat(List.of(
                        CellText.NUMBER.pattern(),
                        "(" + CellText.BOOLEAN.pattern() + ")",
                        "",
                        CellTime.DATE.pattern(),
                        CellTime.TIMESTAMP.pattern(),
                        CellTime.TIMESTAMPTZ.pattern()))
                .contains(pattern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1e-999999999|numeric(10,2)|0.00", "1e-999999999|double precision|0", "1e-999999999|real|0"})
    void tinyNumberCostsNothing(String number, String sql, String stored) {
        SqlType type = new SqlType(sql);

        assertThat(type.convert(new BigDecimal(number)).map(type::format)).contains(stored);
    }
}
