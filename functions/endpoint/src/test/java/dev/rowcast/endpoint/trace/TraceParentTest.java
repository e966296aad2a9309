package dev.rowcast.endpoint.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Key;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Origin;
import dev.rowcast.change.Position;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void attributeOfTheEventIsRead() {
        assertThat(TraceParent.of(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01")))
                .contains(new TraceParent(TRACE, SPAN, true));
        assertThat(TraceParent.of(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00")))
                .contains(new TraceParent(TRACE, SPAN, false));
        assertThat(TraceParent.of(Map.of("traceparent", "cc-" + TRACE + "-" + SPAN + "-03-what-comes-later")))
                .contains(new TraceParent(TRACE, SPAN, true));
        assertThat(TraceParent.of(Map.of())).isEmpty();
    }

    @Test
    void traceOfTheRecordPrecedesThatOfTheDelivery() {
        String other = "00000000000000000000000000000001";

        assertThat(TraceParent.of(Map.of(
                        "traceparent", "00-" + other + "-" + SPAN + "-01",
                        "kafkaheadertraceparent", "00-" + TRACE + "-" + SPAN + "-01")))
                .map(TraceParent::trace)
                .contains(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x"
            })
    void invalidTextIsIgnored(String text) {
        assertThat(TraceParent.of(Map.of("traceparent", text))).isEmpty();
    }

    @Test
    void headerOfTheRequestIsUsedWithoutAnAttribute() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("traceparent", "of the request");

        TraceParent.toAttribute(headers);

        assertThat(headers.get("ce-traceparent")).isEqualTo("of the request");
    }

    @Test
    void attributeIsNotReplacedByTheHeader() {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap().add("traceparent", "other").add("ce-traceparent", "own");

        TraceParent.toAttribute(headers);

        assertThat(headers.getAll("ce-traceparent")).containsExactly("own");
    }

    @Test
    void sourceRowAndItsCapturedRowAreInOneTrace() {
        TraceParent source = TraceParent.of(Subject.of(change(new Position(1, 20, 30), "a", "{}")));
        TraceParent captured = TraceParent.of(Subject.of(change(
                new Position(1, 90, 95), "a", "{\"source_epoch\": 1, \"source_commit\": 20, \"source_lsn\": 30}")));

        assertThat(captured).isEqualTo(source);
        assertThat(TraceParent.parse("00-" + source.trace() + "-" + source.span() + "-01"))
                .contains(source);
    }

    @Test
    void anotherChangeOrAnotherKeyIsInAnotherTrace() {
        Position position = new Position(1, 20, 30);

        assertThat(List.of(
                        TraceParent.of(Subject.of(change(position, "a", "{}"))).trace(),
                        TraceParent.of(Subject.of(change(position, "b", "{}"))).trace(),
                        TraceParent.of(Subject.of(change(new Position(1, 20, 31), "a", "{}")))
                                .trace()))
                .doesNotHaveDuplicates();
    }

    @Test
    void columnsThatAreNoPositionAreIgnored() {
        Position position = new Position(1, 20, 30);

        assertThat(Subject.of(change(
                                position, "a", "{\"source_epoch\": 900, \"source_commit\": 20, \"source_lsn\": \"x\"}"))
                        .source())
                .isEqualTo(position);
        assertThat(Subject.of(change(position, "a", "{\"source_epoch\": 900, \"source_commit\": 2, \"source_lsn\": 3}"))
                        .source())
                .isEqualTo(position);
    }

    private static Upsert change(Position position, String key, String row) {
        try {
            return new Upsert(
                    position,
                    new Origin("public", "customers", Instant.EPOCH),
                    new Key(List.of("id"), List.of(key)),
                    Operation.CREATE,
                    new Row((ObjectNode) new JsonMapper().readTree(row)),
                    Optional.empty());
        } catch (JsonProcessingException invalid) {
            throw new AssertionError(invalid);
        }
    }
}
