package dev.rowcast.replay.deadletter.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterFilter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.read.OffsetBound;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DeadLetterReportTest {

    private static final String TOPIC = "rowcast.dead-letters";
    private static final Instant REFUSED = Instant.parse("2026-11-25T10:00:00Z");
    private static final List<DeadLetter> LETTERS = List.of(
            letter(0, "not-json", "predictor", "422", "a"),
            letter(1, "-", "indexer", "503", "b"),
            letter(2, "not-json", "indexer", "422", "a"),
            letter(3, "not-json", "predictor", "422", "c"));

    @Test
    void emptyTopicIsReportedInOneLine() {
        assertThat(new DeadLetterReport(filter(), false).text(TOPIC))
                .isEqualTo("No dead letters in rowcast.dead-letters.\n");
    }

    @Test
    void lettersAreCountedByReasonFunctionAndStatus() {
        assertThat(report(false)).isEqualTo("""
                4 dead letters in rowcast.dead-letters:

                  REASON    FUNCTION   STATUS  LETTERS
                  -         indexer    503     1
                  not-json  indexer    422     1
                  not-json  predictor  422     2

                --reason REASON lists them singly; - where all tries were over.
                """);
    }

    @Test
    void lettersOfOneReasonAreListedWithTheirReplays() {
        assertThat(report(true, "--reason", "not-json")).isEqualTo("""
                3 of 4 dead letters in rowcast.dead-letters:

                  LETTER  REFUSED               FROM   FUNCTION   KEY  SENT AGAIN    MESSAGE
                  0/0     2026-11-25T10:00:00Z  t/0/1  predictor  a    -             why a
                  0/2     2026-11-25T10:00:00Z  t/0/1  indexer    a    -             why a
                  0/3     2026-11-25T10:00:00Z  t/0/1  predictor  c    accepted 204  why c
                """);
    }

    @Test
    void lettersOfOneFunctionAndTimeAreListed() {
        assertThat(report(true, "--function", "predictor", "--from", "2026-11-25T10:00:00Z"))
                .contains("2 of 4");
        assertThat(report(true, "--function", "predictor", "--to", "2026-11-25T10:00:00Z"))
                .contains("None of the 4");
    }

    @Test
    void unknownReasonIsReportedWithTheKnownReasons() {
        assertThat(report(true, "--reason", "not_json"))
                .isEqualTo(
                        "None of the 4 dead letters in rowcast.dead-letters is meant. There are reasons -, not-json.\n");
    }

    @Test
    void controlCharactersOfAKeyAreReplaced() {
        DeadLetterReport report = new DeadLetterReport(filter(), true);
        report.add(letter(0, "not-json", "predictor", "422", "\u001b[31m\r\nred"), Optional.empty());

        assertThat(report.text(TOPIC)).contains("?[31m??red").doesNotContain("\u001b", "\r");
    }

    @Test
    void documentHasEachLetterAndItsReplay() {
        DeadLetterReport report = new DeadLetterReport(filter("--reason", "not-json"), true);
        add(report);

        assertThat(report.document(TOPIC).path("letters")).hasSize(3);
        assertThat(report.document(TOPIC).at("/letters/2/letter").asText()).isEqualTo("0/3");
        assertThat(report.document(TOPIC).at("/letters/2/sentAgain/accepted").asBoolean())
                .isTrue();
    }

    private static String report(boolean asList, String... options) {
        DeadLetterReport report = new DeadLetterReport(filter(options), asList);
        add(report);
        return report.text(TOPIC);
    }

    private static void add(DeadLetterReport report) {
        LETTERS.forEach(letter -> report.add(
                letter,
                letter.id().offset() == 3
                        ? Optional.of(new DeadLetterReplay(REFUSED, REFUSED, "http://predictor", true, "204", "-", "-"))
                        : Optional.empty()));
    }

    private static DeadLetterFilter filter(String... options) {
        Options parsed = new Options();
        new CommandLine(parsed)
                .registerConverter(OffsetBound.class, text -> OffsetBound.parse(text, REFUSED))
                .parseArgs(options);
        return parsed.filter;
    }

    private static DeadLetter letter(long offset, String reason, String function, String status, String key) {
        return new DeadLetter(
                new DeadLetterId(0, offset),
                REFUSED,
                reason,
                function,
                status,
                "2026-11-25T09:00:00Z",
                "t/0/1",
                key,
                "why " + key);
    }

    @CommandLine.Command
    private static final class Options {
        @CommandLine.Mixin
        private DeadLetterFilter filter;
    }
}
