package dev.rowcast.change.debezium;

import static dev.rowcast.outcome.Steps.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// The decoder throws for no input, and keeps the value of each number.
class DecoderFuzzTest {

    private static final List<byte[]> REAL_BODIES = realBodies();
    private static final byte[] TELLING = "{}[]\",:\\0-.eEutnf\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private final ChangeDecoder decoder =
            new ChangeDecoder(1, KeyColumns.of("public", "person_churn_history", List.of("customerid")));

    @Property(tries = 3000)
    void noBytesMakeItThrow(@ForAll @Size(max = 200) byte[] body) {
        assertThatCode(() -> decoder.decode(body)).doesNotThrowAnyException();
    }

    @Property(tries = 3000)
    void noLettersOfJsonMakeItThrow(@ForAll("almostJson") String body) {
        assertThatCode(() -> decoder.decode(body.getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "null",
                        "true",
                        "0",
                        "-1",
                        "1e999999999",
                        "1e-99999999999",
                        "\"op\"",
                        "\"c\"",
                        "\"d\"",
                        "\"r\"",
                        "\"before\"",
                        "\"after\"",
                        "\"source\"",
                        "\"lsn\"",
                        "\"sequence\"",
                        "\"[null,\\\"1\\\"]\"",
                        "\"payload\"",
                        "\"schema\"",
                        "\"fields\"",
                        "\"customerid\"",
                        "\"scale\"",
                        "\"value\"",
                        "\"\\ud800\"",
                        " ")
                .list()
                .ofMaxSize(40)
                .map(tokens -> String.join("", tokens));
    }

    @Property(tries = 5000)
    void noDamageToARealEnvelopeMakesItThrow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int damages) {
        Random random = new Random(seed);
        byte[] body = REAL_BODIES.get(random.nextInt(REAL_BODIES.size())).clone();
        for (int i = 0; i < damages && body.length > 0; i++) {
            body = damaged(body, random);
        }
        byte[] damaged = body;

        assertThatCode(() -> decoder.decode(damaged))
                .as(new String(damaged, StandardCharsets.UTF_8))
                .doesNotThrowAnyException();
    }

    private static byte[] damaged(byte[] body, Random random) {
        int at = random.nextInt(body.length);
        byte[] damaged = body.clone();
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] = (byte) random.nextInt(256);
            case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> damaged[at] = TELLING[random.nextInt(TELLING.length)];
            case 3 -> {
                return Arrays.copyOf(body, at);
            }
            default -> {
                int length = Math.min(random.nextInt(1, 20), body.length - at);
                System.arraycopy(body, at, damaged, random.nextInt(body.length - length + 1), length);
            }
        }
        return damaged;
    }

    @Property
    void wholeNumbersComeOutAsTheyWentIn(@ForAll long number) {
        assertThat(decodedNumber(Long.toString(number), "").longValue()).isEqualTo(number);
    }

    @Property
    void decimalsKeepEveryDigitInEveryMode(
            @ForAll BigInteger unscaled, @ForAll @IntRange(min = -50, max = 50) int scale) {
        BigDecimal number = new BigDecimal(unscaled, scale);
        String base64 = Base64.getEncoder().encodeToString(unscaled.toByteArray());
        String schema = """
                {"fields":[{"field":"after","fields":[
                {"field":"n","name":"org.apache.kafka.connect.data.Decimal","parameters":{"scale":"%d"}}]}]}""".formatted(scale);

        assertThat(decodedNumber(number.toString(), "").decimalValue()).isEqualByComparingTo(number);
        assertThat(decodedNumber("{\"scale\":" + scale + ",\"value\":\"" + base64 + "\"}", "")
                        .decimalValue())
                .isEqualTo(number);
        assertThat(decodedNumber("\"" + base64 + "\"", schema).decimalValue()).isEqualTo(number);
    }

    @Property
    void doublesComeOutAsTheyWentIn(@ForAll double number) {
        assertThat(decodedNumber(Double.toString(number), "").doubleValue()).isEqualTo(number);
    }

    private JsonNode decodedNumber(String json, String schema) {
        String event = """
                {"op":"c","after":{"customerid":"a","n":%s},
                 "source":{"schema":"public","table":"person_churn_history","ts_ms":1,"lsn":1,"sequence":"[null,\\"1\\"]"}}""".formatted(json);
        String body = schema.isEmpty() ? event : "{\"schema\":" + schema + ",\"payload\":" + event + "}";
        Object decoded = resultOf(decoder.decode(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(decoded).isInstanceOf(Upsert.class);
        return ((Upsert) decoded).after().column("n").orElseThrow();
    }

    private static List<byte[]> realBodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (String theme : List.of("operations", "decimals", "columns", "envelope", "before", "unchanged")) {
            try (InputStream file = DecoderFuzzTest.class.getResourceAsStream("/envelopes/" + theme + ".json")) {
                new JsonMapper().readTree(file).forEach(row -> bodies.add(EnvelopeTableTest.body(row.get("body"))));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return bodies;
    }
}
