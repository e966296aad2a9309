package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.model.output.Output;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The prediction in a captured row, compared with Python's answer by the kind of the output.
///
/// @param table the table of the row
/// @param found the row
record StoredAnswer(RandomTable table, ResultSet found) {

    private static final double TOLERANCE = 1e-5;
    private static final JsonMapper JSON = new JsonMapper();

    /// Fails unless the row has the answer of a golden row.
    void assertIs(JsonNode golden) throws SQLException {
        switch (table.contract().output()) {
            case Output.Binary binary -> {
                assertLabel(golden);
                assertClose("probability", golden.path("probability").asDouble(-1), golden);
                assertThat(found.getDouble(table.own("threshold"))).isEqualTo(binary.threshold());
            }
            case Output.Multiclass several -> {
                assertLabel(golden);
                JsonNode probabilities = read(found.getString(table.own("probabilities")));
                for (int at = 0; at < several.classes().size(); at++) {
                    assertThat(probabilities.path(several.classes().get(at)).asDouble(-1))
                            .as(golden.toString())
                            .isCloseTo(golden.path("probabilities").path(at).asDouble(), within(TOLERANCE));
                }
            }
            case Output.Regression _ ->
                assertClose("prediction", golden.path("value").asDouble(), golden);
        }
    }

    private void assertLabel(JsonNode golden) throws SQLException {
        assertThat(found.getString(table.own("prediction")))
                .as(golden.toString())
                .isEqualTo(golden.path("label").asText());
    }

    private void assertClose(String column, double expected, JsonNode golden) throws SQLException {
        assertThat(found.getDouble(table.own(column)))
                .as(golden.toString())
                .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(json, noJson);
        }
    }
}
