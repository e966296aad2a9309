package dev.rowcast.indexer.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/// Parses the `json` and `jsonb` columns of a row, which arrive as text. JSON that exceeds a
/// limit of Elasticsearch stays text.
///
/// @param names the columns
record JsonColumns(Set<String> names) {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // Rows can have any number of field names, and interned names are never freed.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// A column whose text is not JSON.
    ///
    /// @param column its name
    /// @param problem why it cannot be parsed
    record InvalidJson(String column, String problem) {}

    /// Replaces the text of the columns in `row` by the parsed JSON.
    ///
    /// @return the first column that is not JSON and stays text, if any
    Optional<InvalidJson> parseIn(ObjectNode row) {
        Optional<InvalidJson> first = Optional.empty();
        for (String column : names) {
            JsonNode value = row.path(column);
            if (value.isTextual()) {
                try {
                    row.set(column, parse(column, value));
                } catch (JsonProcessingException invalid) {
                    first = first.or(() -> Optional.of(new InvalidJson(column, invalid.getOriginalMessage())));
                }
            }
        }
        return first;
    }

    private static JsonNode parse(String column, JsonNode text) throws JsonProcessingException {
        try {
            JsonNode parsed = JSON.readTree(text.textValue());
            return JsonLimits.STORED.fits(column, parsed) ? parsed : text;
        } catch (StreamConstraintsException
                | IllegalArgumentException
                | ArithmeticException
                | IllegalStateException e) {
            // Jackson passes on exceptions of the JDK, such as for an exponent of eleven digits.
            return text;
        }
    }
}
