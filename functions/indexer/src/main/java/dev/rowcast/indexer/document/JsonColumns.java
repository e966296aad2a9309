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

/// Makes the value that it means of each `json` and `jsonb` column, which arrives as text. JSON that is deeper or
/// longer
/// than Elasticsearch reads stays text.
///
/// @param names the columns
record JsonColumns(Set<String> names) {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // Names come from whoever made the row: a table of them would live as long as the process.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// A column that holds no JSON.
    ///
    /// @param column its name
    /// @param why what is wrong with it
    record NoJson(String column, String why) {}

    /// Replaces the columns in `row` by what they mean.
    ///
    /// @return the first that holds no JSON and is left as it was, or nothing
    Optional<NoJson> parseIn(ObjectNode row) {
        Optional<NoJson> first = Optional.empty();
        for (String column : names) {
            JsonNode value = row.path(column);
            if (value.isTextual()) {
                try {
                    row.set(column, parse(column, value));
                } catch (JsonProcessingException noJson) {
                    first = first.or(() -> Optional.of(new NoJson(column, noJson.getOriginalMessage())));
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
            // Jackson lets exceptions of the JDK through, such as for a number whose exponent has eleven digits.
            return text;
        }
    }
}
