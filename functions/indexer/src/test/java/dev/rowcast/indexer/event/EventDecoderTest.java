package dev.rowcast.indexer.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Key;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Position;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest {

    private static final String ORDER = "com.example.order";

    private final EventDecoder decoder = new EventDecoder(
            new ChangeDecoder(0, new KeyColumns(Map.of()), NeededColumns.ALL.unlessDeleted()),
            Map.of(ORDER, List.of("country", "Order no")));

    @Test
    void caseOfAnyActionHasTheKeyColumnsOfItsTable() {
        CaseUpdate update = decode(ORDER + ".opened", """
                {"country": "de", "Order no": "7", "status": "open", "opened_at": "2026-03-01T12:00:00Z",
                 "position": {"epoch": 1, "commit": 3, "lsn": 2}}""").orElseThrow();

        assertThat(update.action()).isEqualTo(ORDER);
        assertThat(update.key()).isEqualTo(new Key(List.of("country", "Order no"), List.of("de", "7")));
        assertThat(update.position()).isEqualTo(new Position(1, 3, 2));
        assertThat(update.event()).isEqualTo("opened");
        assertThat(update.time()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(update.facts().has("position")).isFalse();
    }

    @Test
    void caseWithoutAColumnOfItsKeyIsRejectedWithTheColumn() {
        assertThat(decode(ORDER + ".opened", """
                {"country": "de", "Order no": 7, "opened_at": "2026-03-01T12:00:00Z",
                 "position": {"epoch": 1, "commit": 3, "lsn": 2}}"""))
                .isEqualTo(Step.reject(Reason.KEY_MISSING, "Order no: expected a text, found 7"));
    }

    @ParameterizedTest
    @CsvSource({
        "com.example.order, events of type com.example.order are not expected here",
        "com.example.order.moved, events of type com.example.order.moved are not expected here",
        "com.example.opened, events of type com.example.opened are not expected here",
        "opened, events of type opened are not expected here",
        "com.example.order., events of type com.example.order. are not expected here",
        "'', the CloudEvent has no type"
    })
    void typeOfNoActionIsRejected(String type, String message) {
        assertThat(decode(type, "{}")).isEqualTo(Step.end(new Rejected(Reason.TYPE_UNKNOWN, message)));
    }

    private Step<CaseUpdate> decode(String type, String data) {
        return decoder.caseUpdate(type, data.getBytes(StandardCharsets.UTF_8));
    }
}
