package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Reads the `source` block of an event: the table, the time and the log position.
final class SourceBlock {

    private static final long LATEST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private record Clock(String field, ChronoUnit unit, long perSecond) {}

    /// The most precise first.
    private static final List<Clock> CLOCKS = List.of(
            new Clock("ts_ns", ChronoUnit.NANOS, 1_000_000_000L),
            new Clock("ts_us", ChronoUnit.MICROS, 1_000_000L),
            new Clock("ts_ms", ChronoUnit.MILLIS, 1_000L));

    private SourceBlock() {}

    static Origin origin(ObjectNode source) throws Rejection {
        return new Origin(text(source, "schema"), text(source, "table"), timestamp(source));
    }

    static long lsn(ObjectNode source) throws Rejection {
        JsonNode lsn = source.path("lsn");
        boolean usable = lsn.isIntegralNumber()
                && lsn.canConvertToLong()
                && lsn.longValue() >= 0
                && lsn.longValue() <= Position.MAX_LSN;
        if (!usable) {
            throw new Rejection(
                    Reason.POSITION_MISSING,
                    "source.lsn: expected a number from 0 to " + Position.MAX_LSN + ", found " + Found.in(lsn));
        }
        return lsn.longValue();
    }

    private static String text(ObjectNode source, String field) throws Rejection {
        JsonNode value = source.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new Rejection(
                    Reason.NO_ENVELOPE,
                    "not a change event of Debezium: source." + field + " is " + Found.in(value) + ", not a name");
        }
        return value.textValue();
    }

    private static Instant timestamp(ObjectNode source) throws Rejection {
        for (Clock clock : CLOCKS) {
            JsonNode time = source.path(clock.field());
            if (time.isIntegralNumber() && time.canConvertToLong() && time.longValue() >= 0) {
                Instant instant = Instant.EPOCH.plus(time.longValue(), clock.unit());
                if (instant.getEpochSecond() <= LATEST_SECOND) {
                    return instant;
                }
            }
        }
        throw new Rejection(
                Reason.NO_ENVELOPE,
                "not a change event of Debezium: source.ts_ms is " + Found.in(source.path("ts_ms")) + ", not a time");
    }
}
