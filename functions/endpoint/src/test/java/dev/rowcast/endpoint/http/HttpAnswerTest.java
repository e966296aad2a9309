package dev.rowcast.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    /// Enough for a key of 512 bytes beside it, within the 8 KiB of headers that a KafkaSink takes.
    private static final int MOST_CHARACTERS = 512;

    static Stream<Outcome> failures() {
        String message = "line 1\nline 2" + "x".repeat(9_000);
        Stream<Outcome> rejected = Arrays.stream(Reason.values()).map(reason -> new Rejected(reason, message));
        return Stream.concat(rejected, Stream.of(Unavailable.soon(message)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void headersOfAFailureCanBecomeAttributesOfALetter(Outcome failure) {
        Map<String, String> headers = HttpAnswer.of(failure, "predictor").headers();

        assertThat(headers.keySet()).anyMatch(name -> name.startsWith("kne-"));
        assertThat(headers.values()).allMatch(value -> value.matches("[ -~]*"));
        assertThat(headers.entrySet().stream()
                        .mapToInt(header ->
                                header.getKey().length() + header.getValue().length())
                        .sum())
                .isLessThan(MOST_CHARACTERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kne-rowcast-reason", "kne-rowcast_reason", "kne-rowcastReason", "KNE-reason", "kne-"})
    void headerThatStopsTheDispatcherCannotBeBuilt(String name) {
        assertThatThrownBy(() -> new HttpAnswer(422, Map.of(name, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void otherHeadersMayHaveAnyName() {
        assertThat(new HttpAnswer(503, Map.of("Retry-After", "1")).headers()).containsKey("Retry-After");
    }
}
