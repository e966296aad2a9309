package dev.rowcast.endpoint.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Stored;
import dev.rowcast.recording.RowsScored;
import dev.rowcast.recording.RowsStored;
import dev.rowcast.recording.TracedSteps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final TraceParent GIVEN =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private final List<Span> spans = new ArrayList<>();

    @Test
    void stepsOfABatchAreSpansOfEachOfItsEvents() {
        try (NaturalBatch<String, String> batch = new NaturalBatch<>("traced", 9, 9, 1, items -> {
            new RowsScored().ended(items.size());
            new RowsStored().ended(items.size(), new StoreAnswer.Each(List.of()));
            return items;
        })) {
            Delivery delivery = traced(Optional.of(GIVEN));
            delivery.decode(() -> Step.next("a"));
            delivery.of(new Key(List.of("id"), List.of("a")), new Position(0, 2, 3));
            delivery.within(() -> batch.submit("a")).join();

            delivery.ended(new Stored());
        }

        assertThat(spans).extracting(Span::name).containsExactly("delivery", "decode", "score", "store");
        assertThat(spans).extracting(Span::trace).containsOnly(GIVEN.trace());
        assertThat(spans).extracting(Span::id).doesNotHaveDuplicates();
        Span root = spans.getFirst();
        assertThat(root.parent()).contains(GIVEN.span());
        assertThat(root.error()).isEmpty();
        assertThat(root.attributes())
                .containsEntry("rowcast.key", "a")
                .containsEntry("rowcast.position", "0/2/3")
                .containsEntry("rowcast.outcome", "stored");
        assertThat(root.link().orElseThrow().trace()).isNotEqualTo(GIVEN.trace());
        assertThat(spans.subList(1, 4)).allSatisfy(step -> {
            assertThat(step.parent()).contains(root.id());
            assertThat(step.began()).isBetween(root.began(), step.ended());
            assertThat(step.ended()).isLessThanOrEqualTo(root.ended());
        });
    }

    @Test
    void rejectedEventIsAnErrorWithItsReason() {
        Delivery delivery = traced(Optional.empty());
        Step<String> step = delivery.decode(() -> Step.reject(Reason.NOT_JSON, "found x"));

        delivery.ended(((Step.End<String>) step).outcome());

        assertThat(step).isEqualTo(Step.end(new Rejected(Reason.NOT_JSON, "found x")));
        assertThat(spans.getFirst().error()).contains("found x");
        assertThat(spans.getFirst().parent()).isEmpty();
        assertThat(spans.getFirst().trace()).matches("[0-9a-f]{32}");
    }

    @Test
    void untracedDeliveryHasNoSpans() {
        Delivery delivery = Delivery.untraced("partition:0/offset:1");

        assertThat(delivery.within(TracedSteps::events)).isEmpty();
        delivery.ended(new Stored());

        assertThat(spans).isEmpty();
    }

    @Test
    void spansAreWrittenAsOtlp() throws IOException {
        Delivery delivery = traced(Optional.of(GIVEN));
        delivery.of(new Key(List.of("id"), List.of("a")), new Position(0, 2, 3));
        delivery.failed(new IllegalStateException("bug"));

        JsonNode request = new JsonMapper().readTree(new OtlpJson("predictor").of(spans));

        assertThat(request.at("/resourceSpans/0/resource/attributes/0/value/stringValue")
                        .asText())
                .isEqualTo("predictor");
        JsonNode span = request.at("/resourceSpans/0/scopeSpans/0/spans/0");
        assertThat(span.path("traceId").asText()).isEqualTo(GIVEN.trace());
        assertThat(span.path("parentSpanId").asText()).isEqualTo(GIVEN.span());
        assertThat(span.path("kind").asInt()).isEqualTo(5);
        assertThat(span.path("startTimeUnixNano").asText()).matches("\\d{19}");
        assertThat(span.at("/status/code").asInt()).isEqualTo(2);
        assertThat(span.at("/links/0/traceId").asText()).hasSize(32);
    }

    private Delivery traced(Optional<TraceParent> given) {
        return new Delivery("partition:0/offset:1", Optional.of(new DeliveryTrace(given, spans::addAll)));
    }
}
