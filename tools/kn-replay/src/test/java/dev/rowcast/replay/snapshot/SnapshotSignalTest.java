package dev.rowcast.replay.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.replay.exit.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotSignalTest {

    @Test
    void signalNamesTheTable() {
        assertThat(signal(Optional.empty(), "public.person_churn_history").data())
                .isEqualTo("{\"type\":\"incremental\",\"data-collections\":[\"public.person_churn_history\"]}");
    }

    @Test
    void conditionAppliesToTheTable() {
        assertThat(signal(Optional.of("name = 'a \"quoted\" one'"), "a.t").data())
                .isEqualTo("{\"type\":\"incremental\",\"data-collections\":[\"a.t\"],\"additional-conditions\":"
                        + "[{\"data-collection\":\"a.t\",\"filter\":\"name = 'a \\\"quoted\\\" one'\"}]}");
    }

    @Test
    void conditionAppliesToATableWhoseNameHasABlank() throws IOException {
        JsonNode data = new JsonMapper()
                .readTree(signal(Optional.of("x = 1"), "Verkauf.Kunden (2)").data());

        String name = data.at("/data-collections/0").asText();
        assertThat(name).isEqualTo("\"Verkauf\".\"Kunden (2)\"");
        assertThat(name)
                .matches(data.at("/additional-conditions/0/data-collection").asText());
    }

    @Test
    void severalTablesFormOneSnapshotWithoutACondition() {
        assertThat(signal(Optional.empty(), "a", "b.t").data())
                .isEqualTo("{\"type\":\"incremental\",\"data-collections\":[\"public.a\",\"b.t\"]}");
        assertThatThrownBy(() -> signal(Optional.of("x = 1"), "a", "b"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("one table");
    }

    @Test
    void idFitsItsColumn() {
        assertThat(signal(Optional.empty(), "t").id()).startsWith("kn-replay-").hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void conditionThatIsTooLongIsAUsageError() {
        assertThatThrownBy(() -> signal(Optional.of("a".repeat(2048)), "t"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("too long");
    }

    private static SnapshotSignal signal(Optional<String> where, String... tables) {
        return SnapshotSignal.of(
                Stream.of(tables).map(table -> TableId.of(table, List.of())).toList(), where);
    }
}
