package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The rows of `parity.csv`, each as the event that Debezium would make of it.
final class GoldenRows {

    /// @param event an insert of the row, as Debezium writes it
    /// @param probability what scikit-learn gave for the row
    record Golden(String event, double probability) {}

    private static final JsonMapper JSON = new JsonMapper();

    private GoldenRows() {}

    static List<Golden> of(ModelContract contract) throws IOException {
        List<String> lines = Files.readAllLines(ShippedModel.GOLDEN_ROWS);
        List<String> header = Stream.concat(contract.features().stream().map(Feature::name), Stream.of("probability"))
                .toList();
        assertThat(lines.getFirst()).isEqualTo(String.join(",", header));

        List<Golden> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = List.of(line.split(",", -1));
            assertThat(cells).as(line).hasSameSizeAs(header).noneMatch(cell -> cell.contains("\""));
            String event = JSON.writeValueAsString(event(contract, cells, rows.size()));
            rows.add(new Golden(event, Double.parseDouble(cells.getLast())));
        }
        return rows;
    }

    private static ObjectNode event(ModelContract contract, List<String> cells, int number) {
        ObjectNode after = JSON.createObjectNode();
        contract.source().key().forEach(column -> after.put(column, "golden-" + number));
        for (int i = 0; i < contract.features().size(); i++) {
            String name = contract.features().get(i).name();
            String cell = cells.get(i);
            switch (contract.features().get(i)) {
                case Feature.Numeric _ when cell.isEmpty() -> after.putNull(name);
                case Feature.Numeric _ -> after.put(name, new BigDecimal(cell));
                case Feature.Temporal _, Feature.Category _ -> after.put(name, cell);
            }
        }
        ObjectNode event = JSON.createObjectNode();
        event.set("after", after);
        event.putObject("source")
                .put("schema", contract.source().schema())
                .put("table", contract.source().table())
                .put("ts_ms", 1_764_000_000_000L)
                .put("lsn", 1000 + number)
                .put("sequence", "[\"1000\",\"%d\"]".formatted(1000 + number));
        return event.put("op", "c");
    }
}
