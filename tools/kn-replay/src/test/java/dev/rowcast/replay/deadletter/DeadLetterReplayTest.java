package dev.rowcast.replay.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.send.SendOutcome;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterReplayTest {

    private static final Instant NOW = Instant.parse("2026-11-25T11:00:00Z");
    private static final URI SINK = URI.create("http://localhost:8080");
    private static final DeadLetter LETTER =
            DeadLetter.of(DeadLetterFixture.record(new DeadLetterId(0, 4), "k", "{", Map.of()));

    @Test
    void reasonOfTheNewRefusalIsRecorded() {
        FunctionResponse refusal = new FunctionResponse.Answered(
                422,
                MultiMap.caseInsensitiveMultiMap()
                        .set("kne-rowcastreason", "feature-missing")
                        .set("kne-rowcastmessage", "tenure is missing"),
                Buffer.buffer());

        assertThat(DeadLetterReplay.of(LETTER, SINK, new SendOutcome.Refused(refusal), NOW))
                .contains(new DeadLetterReplay(
                        DeadLetterFixture.WRITTEN,
                        NOW,
                        "http://localhost:8080",
                        false,
                        "422",
                        "feature-missing",
                        "tenure is missing"));
    }

    @Test
    void writtenDocumentIsReadBack() throws Exception {
        DeadLetterReplay sent = DeadLetterReplay.of(LETTER, SINK, new SendOutcome.Accepted(204), NOW)
                .orElseThrow();

        assertThat(DeadLetterReplay.of(new JsonMapper().readTree(sent.document().toString())))
                .isEqualTo(sent);
        assertThat(sent.summary()).isEqualTo("accepted 204");
    }

    @Test
    void missingResponseIsNamedAsReason() {
        DeadLetterReplay sent = DeadLetterReplay.of(
                        LETTER, SINK, new SendOutcome.Refused(new FunctionResponse.Unreachable("refused")), NOW)
                .orElseThrow();

        assertThat(sent.summary()).isEqualTo("refused unreachable unreachable");
    }

    @Test
    void interruptedSendingLeavesNoRecord() {
        assertThat(DeadLetterReplay.of(LETTER, SINK, new SendOutcome.Interrupted(), NOW))
                .isEmpty();
    }

    @Test
    void idIsPartitionAndOffset() {
        assertThat(DeadLetterId.of("0/17")).isEqualTo(new DeadLetterId(0, 17)).hasToString("0/17");
        assertThatThrownBy(() -> DeadLetterId.of("17"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("PARTITION/OFFSET");
    }
}
