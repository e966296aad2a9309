package dev.rowcast.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final String TOPIC = "rowcast.dead-letters";
    private static final List<Letter> LETTERS = List.of(
            letter("not-json", "predictor", "422", "a"),
            letter("-", "indexer", "503", "b"),
            letter("not-json", "indexer", "422", "a"),
            letter("not-json", "predictor", "422", "c"));

    @Test
    void nothingThereIsSaidInOneLine() {
        assertThat(new Report(Optional.empty()).text(TOPIC)).isEqualTo("No dead letters in rowcast.dead-letters.\n");
    }

    @Test
    void lettersAreCountedByReasonFunctionAndStatus() {
        assertThat(report(Optional.empty())).isEqualTo("""
                4 dead letters in rowcast.dead-letters:

                  REASON    FUNCTION   STATUS  LETTERS
                  -         indexer    503     1
                  not-json  indexer    422     1
                  not-json  predictor  422     2

                REASON=<reason> lists them singly; - where all tries were over.
                """);
    }

    @Test
    void lettersOfOneReasonAreListedSingly() {
        assertThat(report(Optional.of("not-json"))).isEqualTo("""
                3 of 4 dead letters in rowcast.dead-letters have reason not-json:

                  TIME                  FROM   FUNCTION   KEY  MESSAGE
                  2026-11-25T10:00:00Z  t/0/1  predictor  a    why a
                  2026-11-25T10:00:00Z  t/0/1  indexer    a    why a
                  2026-11-25T10:00:00Z  t/0/1  predictor  c    why c
                """);
    }

    @Test
    void reasonThatNoLetterHasIsAnsweredWithThoseThatThereAre() {
        assertThat(report(Optional.of("not_json")))
                .isEqualTo("None of the 4 dead letters in rowcast.dead-letters has reason not_json."
                        + " There are: -, not-json.\n");
    }

    @Test
    void keyThatWouldPlayWithTheTerminalIsShownAsText() {
        Report report = new Report(Optional.of("not-json"));
        report.add(letter("not-json", "predictor", "422", "\u001b[31m\r\nred"));

        assertThat(report.text(TOPIC)).contains("?[31m??red").doesNotContain("\u001b", "\r");
    }

    private static String report(Optional<String> reason) {
        Report report = new Report(reason);
        LETTERS.forEach(report::add);
        return report.text(TOPIC);
    }

    private static Letter letter(String reason, String function, String status, String key) {
        return new Letter(reason, function, status, "2026-11-25T10:00:00Z", "t/0/1", key, "why " + key);
    }
}
