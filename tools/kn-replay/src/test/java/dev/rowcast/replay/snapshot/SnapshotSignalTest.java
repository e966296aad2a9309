package dev.rowcast.replay.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.replay.exit.UsageException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotSignalTest {

    @Test
    void tableWithoutASchemaIsInPublic() {
        assertThat(SnapshotSignal.of(List.of("person_churn_history"), Optional.empty())
                        .data())
                .isEqualTo("{\"type\":\"incremental\",\"data-collections\":[\"public.person_churn_history\"]}");
    }

    @Test
    void conditionAppliesToTheTable() {
        assertThat(SnapshotSignal.of(List.of("a.t"), Optional.of("name = 'a \"quoted\" one'"))
                        .data())
                .isEqualTo("{\"type\":\"incremental\",\"data-collections\":[\"a.t\"],\"additional-conditions\":"
                        + "[{\"data-collection\":\"a.t\",\"filter\":\"name = 'a \\\"quoted\\\" one'\"}]}");
    }

    @Test
    void severalTablesFormOneSnapshotWithoutACondition() {
        assertThat(SnapshotSignal.of(List.of("a", "b.t"), Optional.empty()).data())
                .isEqualTo("{\"type\":\"incremental\",\"data-collections\":[\"public.a\",\"b.t\"]}");
        assertThatThrownBy(() -> SnapshotSignal.of(List.of("a", "b"), Optional.of("x = 1")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("one table");
    }

    @Test
    void idFitsItsColumn() {
        assertThat(SnapshotSignal.of(List.of("t"), Optional.empty()).id())
                .startsWith("kn-replay-")
                .hasSizeLessThanOrEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", ".*", "t; drop", "\"t\""})
    void invalidTableNameIsAUsageError(String table) {
        assertThatThrownBy(() -> SnapshotSignal.of(List.of(table), Optional.empty()))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void conditionThatIsTooLongIsAUsageError() {
        assertThatThrownBy(() -> SnapshotSignal.of(List.of("t"), Optional.of("a".repeat(2048))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("too long");
    }
}
