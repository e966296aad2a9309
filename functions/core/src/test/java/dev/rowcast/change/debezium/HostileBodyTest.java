package dev.rowcast.change.debezium;

import static dev.rowcast.outcome.Steps.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies made to hurt: as large as the limit allows, and built so that a careless reader needs many times their size.
class HostileBodyTest {

    private static final int LIMIT = ChangeDecoder.DEFAULT_MAX_BYTES;
    private static final String SOURCE = """
            "source":{"schema":"public","table":"person_churn_history","ts_ms":1,"lsn":1,"sequence":"[null,\\"1\\"]"}""";

    private final ChangeDecoder decoder =
            new ChangeDecoder(0, KeyColumns.of("public", "person_churn_history", List.of("customerid")));

    /// A part that is repeated between a start and an end until the body has the largest size; `#` is a counter.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lists in lists        | ``                          | [        | ``        | TOO_LARGE
            objects in objects    | ``                          | {"a":    | ``        | TOO_LARGE
            many short elements   | [                           | 0,       | 0]        | TOO_LARGE
            many empty objects    | [                           | {},      | 0]        | TOO_LARGE
            many columns          | {"op":"c","after":{         | "c#":1,  | "z":1}}   | TOO_LARGE
            many columns before   | {"op":"d","before":{        | "c#":1,  | "z":1}}   | TOO_LARGE
            lists in lists before | {"op":"d","before":{"a":    | [        | }}        | TOO_LARGE
            one name before       | {"op":"d","before":{"       | n        | ":1}}     | TOO_LARGE
            one number            | {"op":"c","after":{"a":     | 9        | }}        | TOO_LARGE
            one name              | {"                          | n        | ":1}      | TOO_LARGE
            a broken text         | {"op":"                     | `\1`     | ``        | NOT_JSON
            a text without end    | {"op":"                     | x        | ``        | NOT_JSON
            an operation of ten million letters | {"op":"                     | x        | "}        | NO_ENVELOPE
            blanks                | ``                          | ` `      | ``        | NOT_JSON
            an encoded decimal    | {"op":"c","after":{"customerid":{"scale":1,"value":" | AAAA | "}},""" + SOURCE + "} | COLUMN_UNREADABLE")
    void tenMegabytesAreRejectedWithinAFewTimesTheirSize(
            String name, String begin, String filling, String end, Reason reason) {
        byte[] body = filled(begin, filling, end);

        long before = allocatedBytes();
        Object decoded = resultOf(decoder.decode(body));
        long allocated = allocatedBytes() - before;

        assertThat(decoded).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).as(rejected.message()).isEqualTo(reason);
            assertThat(rejected.message()).hasSizeLessThanOrEqualTo(Rejected.MAX_MESSAGE);
        });
        assertThat(allocated).as("bytes allocated for %s", name).isLessThan(5L * LIMIT);
    }

    @Test
    void textColumnOfTenMegabytesIsAChangeLikeAnyOther() {
        byte[] body = filled("{\"op\":\"c\",\"after\":{\"customerid\":\"a\",\"notes\":\"", "x", "\"}," + SOURCE + "}");

        assertThat(resultOf(decoder.decode(body)))
                .isInstanceOfSatisfying(
                        Upsert.class,
                        upsert -> assertThat(
                                        upsert.after().columns().get("notes").textValue())
                                .hasSizeGreaterThan(LIMIT - 2000));
    }

    @Test
    void rowOfAsManyColumnsAsPostgresHasIsAChangeLikeAnyOther() {
        StringBuilder columns = new StringBuilder("\"customerid\":\"a\"");
        StringBuilder fields = new StringBuilder("{\"field\":\"customerid\",\"type\":\"string\"}");
        for (int i = 1; i < 1600; i++) {
            columns.append(",\"c").append(i).append("\":\"C6k=\"");
            fields.append("""
                    ,{"field":"c%d","type":"bytes","optional":true,"name":"org.apache.kafka.connect.data.Decimal",
                    "version":1,"doc":"a column","parameters":{"scale":"2","connect.decimal.precision":"10"}}""".formatted(i));
        }
        String body = """
                {"schema":{"type":"struct","fields":[{"field":"before","type":"struct","fields":[%1$s]},
                {"field":"after","type":"struct","fields":[%1$s]}]},
                "payload":{"op":"u","before":{%2$s},"after":{%2$s},%3$s}}""".formatted(fields, columns, SOURCE);

        assertThat(resultOf(decoder.decode(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(
                        Upsert.class,
                        upsert -> assertThat(
                                        upsert.after().columns().get("c1599").decimalValue())
                                .isEqualByComparingTo("29.85"));
    }

    @Test
    void bodyOverTheLimitIsRejectedUnread() {
        Object decoded = resultOf(decoder.decode(new byte[LIMIT + 1]));

        assertThat(decoded)
                .isEqualTo(
                        new Rejected(Reason.TOO_LARGE, "the body has 10485761 bytes, more than the limit of 10485760"));
    }

    @Test
    void limitCanBeLower() {
        ChangeDecoder small = new ChangeDecoder(0, new KeyColumns(Map.of()), 12);

        assertThat(resultOf(small.decode("{\"ts_ms\": 1}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Skipped("heartbeat"));
        assertThat(resultOf(small.decode("{\"ts_ms\": 12}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void bytesThatAreNoUtf8AreRejected() {
        byte[] body = "{\"op\":\"c\",\"after\":{\"customerid\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
        for (int wrong : new int[] {0x80, 0xBF, 0xC0, 0xFE, 0xFF, 0xE2, 0xF0}) {
            byte[] broken = body.clone();
            broken[new String(body, StandardCharsets.UTF_8).indexOf('?')] = (byte) wrong;

            assertThat(resultOf(decoder.decode(broken)))
                    .as("byte %x", wrong)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.NOT_JSON));
        }
    }

    @Test
    void messageIsOneLineWhateverTheBodyHolds() {
        Object decoded = resultOf(decoder.decode("{\"op\":\"a\\nb\\u001b[31m\"}".getBytes(StandardCharsets.UTF_8)));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.message()).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void decoderRefusesAnEpochOutOfRange() {
        assertThatThrownBy(() -> new ChangeDecoder(256, new KeyColumns(Map.of())))
                .hasMessageContaining("epoch 256");
    }

    private static byte[] filled(String begin, String filling, String end) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(LIMIT);
        body.writeBytes(begin.getBytes(StandardCharsets.UTF_8));
        boolean counts = filling.contains("#");
        byte[] chunk = filling.repeat(counts ? 1 : 1000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; body.size() + chunk.length + 10 + end.length() <= LIMIT; i++) {
            body.writeBytes(
                    counts ? filling.replace("#", Integer.toString(i)).getBytes(StandardCharsets.UTF_8) : chunk);
        }
        body.writeBytes(end.getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
