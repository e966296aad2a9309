package dev.rowcast.replay.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.kafkasource.http.Answer;
import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.send.Ended;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentAgainTest {

    private static final Instant NOW = Instant.parse("2026-11-25T11:00:00Z");
    private static final URI SINK = URI.create("http://localhost:8080");
    private static final Letter LETTER = Letter.of(Letters.record(new LetterId(0, 4), "k", "{", Map.of()));

    @Test
    void newReasonOfALetterThatIsRefusedAgainIsKept() {
        Answer refusal = new Answer.Answered(
                422,
                MultiMap.caseInsensitiveMultiMap()
                        .set("kne-rowcastreason", "feature-missing")
                        .set("kne-rowcastmessage", "tenure is missing"),
                Buffer.buffer());

        assertThat(SentAgain.of(LETTER, SINK, new Ended.Refused(refusal), NOW))
                .contains(new SentAgain(
                        Letters.WRITTEN,
                        NOW,
                        "http://localhost:8080",
                        false,
                        "422",
                        "feature-missing",
                        "tenure is missing"));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws Exception {
        SentAgain sent =
                SentAgain.of(LETTER, SINK, new Ended.Accepted(204), NOW).orElseThrow();

        assertThat(SentAgain.of(new JsonMapper().readTree(sent.document().toString())))
                .isEqualTo(sent);
        assertThat(sent.summary()).isEqualTo("accepted 204");
    }

    @Test
    void noAnswerIsSaidAsSuch() {
        SentAgain sent = SentAgain.of(LETTER, SINK, new Ended.Refused(new Answer.Unreachable("refused")), NOW)
                .orElseThrow();

        assertThat(sent.summary()).isEqualTo("refused unreachable unreachable");
    }

    @Test
    void interruptedSendingLeavesNoRecord() {
        assertThat(SentAgain.of(LETTER, SINK, new Ended.Cut(), NOW)).isEmpty();
    }

    @Test
    void letterIsNamedByPartitionAndOffset() {
        assertThat(LetterId.of("0/17")).isEqualTo(new LetterId(0, 17)).hasToString("0/17");
        assertThatThrownBy(() -> LetterId.of("17")).isInstanceOf(Misuse.class).hasMessageContaining("PARTITION/OFFSET");
    }
}
