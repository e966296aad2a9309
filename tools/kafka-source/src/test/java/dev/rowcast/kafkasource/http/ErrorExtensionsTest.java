package dev.rowcast.kafkasource.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorExtensionsTest {

    private static final String DESTINATION = "http://predictor.rowcast.svc.cluster.local";

    @Test
    void saysWhereWhatAndWhy() {
        // Given
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Kne-RowcastReason", "feature-missing")
                .set("other", "x")
                .set("content-type", "text/plain");

        // When
        Map<String, String> extensions = ErrorExtensions.extensions(
                DESTINATION, new FunctionResponse.Answered(422, headers, Buffer.buffer("tenure is missing")));

        // Then
        assertThat(extensions)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "knativeerrordest",
                        DESTINATION,
                        "knativeerrorcode",
                        "422",
                        "knativeerrordata",
                        Base64.getEncoder().encodeToString("tenure is missing".getBytes(UTF_8)),
                        "rowcastreason",
                        "feature-missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kne-rowcast-reason", "kne-rowcast_reason", "Kne-Rowcast-Reason"})
    void headerThatNamesNoExtensionIsAnError(String header) {
        FunctionResponse answer = new FunctionResponse.Answered(
                422, MultiMap.caseInsensitiveMultiMap().set(header, "x"), Buffer.buffer());

        assertThatThrownBy(() -> ErrorExtensions.extensions(DESTINATION, answer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(header.toLowerCase(Locale.ROOT));
    }

    @Test
    void answerWithoutABodyHasNoData() {
        Map<String, String> extensions = ErrorExtensions.extensions(
                DESTINATION, new FunctionResponse.Answered(422, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()));

        assertThat(extensions).containsOnlyKeys("knativeerrordest", "knativeerrorcode");
    }

    @Test
    void dataIsCutAfter1024Bytes() {
        Map<String, String> extensions =
                ErrorExtensions.extensions(DESTINATION, FunctionResponse.Answered.of(500, "x".repeat(5_000)));

        assertThat(Base64.getDecoder().decode(extensions.get("knativeerrordata")))
                .hasSize(1_024);
    }

    @Test
    void noAnswerLeavesTheDestinationOnly() {
        assertThat(ErrorExtensions.extensions(DESTINATION, new FunctionResponse.TimedOut("30 s")))
                .containsExactlyEntriesOf(Map.of("knativeerrordest", DESTINATION));
    }
}
