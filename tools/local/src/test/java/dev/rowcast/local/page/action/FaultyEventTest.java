package dev.rowcast.local.page.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultyEventTest {

    private static final ChangeDecoder DECODER =
            new ChangeDecoder(0, KeyColumns.of("public", "customers", List.of("id")));

    @ParameterizedTest
    @EnumSource
    void everyFunctionRejectsTheEventForTheReasonInItsName(FaultyEvent faulty) throws IOException {
        byte[] bytes = faulty.of(event(), "id", "plan");

        assertThat(DECODER.decode(bytes))
                .isInstanceOfSatisfying(
                        Step.End.class,
                        end -> assertThat(end.outcome())
                                .isInstanceOfSatisfying(
                                        Rejected.class,
                                        rejected -> assertThat(rejected.reason().code())
                                                .isEqualTo(faulty.text())));
    }

    @Test
    void theEventWithoutItsFaultIsAChange() throws IOException {
        assertThat(DECODER.decode(new JsonMapper().writeValueAsBytes(event())))
                .isInstanceOfSatisfying(
                        Step.Next.class, next -> assertThat(next.value()).isInstanceOf(Change.class));
    }

    @Test
    void aNameThatIsNoKindIsNone() {
        assertThat(FaultyEvent.of("not-json")).contains(FaultyEvent.NOT_JSON);
        assertThat(FaultyEvent.of("NOT_JSON")).isEmpty();
    }

    private static ObjectNode event() throws IOException {
        return (ObjectNode) new JsonMapper().readTree("""
                {"op":"c","ts_ms":1,"before":null,"after":{"id":"1","plan":"yearly"},
                "source":{"schema":"public","table":"customers","ts_ms":1,"lsn":1,"sequence":"[null,\\"1\\"]"}}""");
    }
}
