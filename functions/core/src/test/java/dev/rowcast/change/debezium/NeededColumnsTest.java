package dev.rowcast.change.debezium;

import static dev.rowcast.outcome.Steps.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The columns that a reader needs of the row after a change.
class NeededColumnsTest {

    private static final KeyColumns KEYS = KeyColumns.of("public", "person_churn_history", List.of("customerid"));

    @Test
    void columnThatIsNotNeededIsLeftOutWithItsReason() {
        Object decoded = decode(NeededColumns.of(Set.of("tenure")), "\"notes\":\"__debezium_unavailable_value\"");

        assertThat(decoded).isInstanceOfSatisfying(Upsert.class, upsert -> {
            assertThat(upsert.after().column("notes")).isEmpty();
            assertThat(upsert.after().leftOut())
                    .extractingByKey("notes")
                    .extracting(Rejected::reason)
                    .isEqualTo(Reason.TOAST_PLACEHOLDER);
        });
    }

    @Test
    void columnThatIsNeededRejectsTheChange() {
        Object decoded = decode(NeededColumns.of(Set.of("notes")), "\"notes\":\"a\\u0000\"");

        assertThat(decoded)
                .isEqualTo(new Rejected(
                        Reason.COLUMN_UNREADABLE,
                        "column notes: contains a NUL or an unpaired surrogate, which Postgres cannot store"));
    }

    @Test
    void keyIsAlwaysNeeded() {
        assertThat(decode(NeededColumns.of(Set.of()), "\"customerid\":\"a\\u0000\""))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.message()).startsWith("key column customerid: "));
    }

    @Test
    void rowThatIsMarkedAsDeletedNeedsNoMoreThanItsKey() {
        NeededColumns needed = NeededColumns.ALL.unlessDeleted();

        assertThat(decode(needed, "\"notes\":\"\\u0000\",\"deleted\":true")).isInstanceOf(Upsert.class);
        assertThat(decode(needed, "\"notes\":\"\\u0000\",\"deleted\":false")).isInstanceOf(Rejected.class);
        assertThat(decode(needed, "\"notes\":\"\\u0000\",\"deleted\":\"true\"")).isInstanceOf(Rejected.class);
        assertThat(decode(needed, "\"customerid\":\"\\u0000\",\"deleted\":true"))
                .isInstanceOf(Rejected.class);
    }

    private static Object decode(NeededColumns needed, String columns) {
        String key = columns.contains("customerid") ? "" : "\"customerid\":\"a\",";
        return resultOf(new ChangeDecoder(0, KEYS, needed)
                .decode("""
                {"op":"u","before":null,"after":{%s%s},
                 "source":{"schema":"public","table":"person_churn_history","ts_ms":1,"lsn":1,"sequence":"[null,\\"1\\"]"}}""".formatted(key, columns).getBytes(StandardCharsets.UTF_8)));
    }
}
