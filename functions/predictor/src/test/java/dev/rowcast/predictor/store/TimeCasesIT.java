package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.station.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The dates and times of `cells.json` in Postgres: it reads the text that is stored, and takes the same parts from it.
@Timeout(300)
class TimeCasesIT {

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        new JsonMapper()
                .readTree(Path.of("../../trainer-notebook/cells.json").toFile())
                .get("times")
                .forEach(example -> {
                    if (example.has("stored")) {
                        cases.add(example);
                    }
                });
        return cases;
    }

    private static String part(JsonNode example) {
        String type = example.get("sql").asText();
        String value = "'" + example.get("stored").asText() + "'::" + type;
        String local = type.equals("timestamptz")
                ? "(" + value + " AT TIME ZONE '" + example.get("zone").asText() + "')"
                : value + "::timestamp";
        return switch (example.get("part").asText()) {
            case "days" ->
                "extract(epoch FROM " + local + " - '" + example.get("since").asText() + "'::timestamp) / 86400";
            case "weekday" -> "extract(isodow FROM " + local + ")";
            default -> "extract(" + example.get("part").asText() + " FROM " + local + ")";
        };
    }

    @Test
    void postgresTakesTheSamePartsFromWhatIsStored(@TempDir Path folder) throws IOException, SQLException {
        List<JsonNode> cases = cases();
        assertThat(cases).hasSizeGreaterThan(40);
        try (Database database = Database.start(folder)) {
            String parts = cases.stream()
                    .map(TimeCasesIT::part)
                    .collect(Collectors.joining(")::float8, (", "SELECT unnest(ARRAY[(", ")::float8])::text"));
            List<String> found = database.list(parts);
            assertThat(found).hasSameSizeAs(cases);
            for (int i = 0; i < cases.size(); i++) {
                assertThat(Double.parseDouble(found.get(i)))
                        .as("%s", cases.get(i))
                        .isCloseTo(cases.get(i).get("number").doubleValue(), within(1e-9));
            }
        }
    }
}
