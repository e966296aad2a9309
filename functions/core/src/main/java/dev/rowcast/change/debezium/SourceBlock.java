package dev.rowcast.change.debezium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Origin;
import dev.rowcast.change.Position;
import dev.rowcast.change.ShortJson;
import dev.rowcast.outcome.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads the `source` block of an event: the table, the time and the log position.
///
/// ```json
/// {"schema": "public", "table": "person_churn_history", "ts_ms": 1795596095536,
///  "lsn": 24023640, "sequence": "[\"24023128\",\"24023640\"]"}
/// ```
///
/// `sequence` is a text that contains a list: the position of the last commit before the change's
/// transaction, and the position of the change.
final class SourceBlock {

    // Two quoted numbers of 20 digits need 47.
    private static final int MAX_SEQUENCE_CHARACTERS = 200;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final long LATEST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private record Clock(String field, ChronoUnit unit, long perSecond) {}

    /// In order of precision, best first.
    private static final List<Clock> CLOCKS = List.of(
            new Clock("ts_ns", ChronoUnit.NANOS, 1_000_000_000L),
            new Clock("ts_us", ChronoUnit.MICROS, 1_000_000L),
            new Clock("ts_ms", ChronoUnit.MILLIS, 1_000L));

    private SourceBlock() {}

    static Origin origin(ObjectNode source) throws Rejection {
        return new Origin(text(source, "schema"), text(source, "table"), timestamp(source));
    }

    /// The position of a streamed change.
    static Position position(int epoch, ObjectNode source) throws Rejection {
        return new Position(epoch, commit(source), lsn(source));
    }

    private static long lsn(ObjectNode source) throws Rejection {
        JsonNode lsn = source.path("lsn");
        return lsn(lsn).orElseThrow(() -> new Rejection(
                Reason.POSITION_MISSING,
                "source.lsn: expected a number from 0 to " + Position.MAX_LSN + ", found " + ShortJson.of(lsn)));
    }

    /// The first transaction that Debezium streams has no commit before it.
    private static long commit(ObjectNode source) throws Rejection {
        JsonNode sequence = source.path("sequence");
        JsonNode first = (sequence.isTextual() ? parsed(sequence.textValue()) : sequence).path(0);
        OptionalLong commit = first.isNull() ? OptionalLong.of(0) : lsn(unquoted(first));
        return commit.orElseThrow(() -> new Rejection(
                Reason.POSITION_MISSING,
                "source.sequence: expected a list that begins with null or a number from 0 to " + Position.MAX_LSN
                        + ", found " + ShortJson.of(first.isMissingNode() ? sequence : first)));
    }

    private static JsonNode parsed(String text) {
        if (text.length() > MAX_SEQUENCE_CHARACTERS) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode unquoted(JsonNode element) {
        return element.isTextual() && WHOLE_NUMBER.matcher(element.textValue()).matches()
                ? LongNode.valueOf(Long.parseLong(element.textValue()))
                : element;
    }

    private static OptionalLong lsn(JsonNode number) {
        boolean usable = number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= 0
                && number.longValue() <= Position.MAX_LSN;
        return usable ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    private static String text(ObjectNode source, String field) throws Rejection {
        JsonNode value = source.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new Rejection(
                    Reason.NO_ENVELOPE,
                    "not a change event of Debezium: source." + field + " is " + ShortJson.of(value) + ", not a name");
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
                "not a change event of Debezium: source.ts_ms is " + ShortJson.of(source.path("ts_ms"))
                        + ", not a time");
    }
}
