package dev.rowcast.replay.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.http.Answer;
import dev.rowcast.replay.ExitCode;
import org.junit.jupiter.api.Test;

class StatusesTest {

    private final Statuses statuses = new Statuses();

    @Test
    void everyAnswerIsCountedAndEveryEventByItsLastOne() {
        answer(Answer.Answered.of(503, ""));
        answer(new Answer.TimedOut("30 s"));
        answer(Answer.Answered.of(204, ""));
        statuses.ended(new Ended.Accepted(204));
        answer(Answer.Answered.of(422, ""));
        statuses.ended(new Ended.Refused(Answer.Answered.of(422, "")));

        assertThat(statuses.table()).isEqualTo("""
                  STATUS   ANSWERS  EVENTS
                  204      1        1
                  422      1        1
                  503      1        0
                  timeout  1        0
                """);
        assertThat(statuses.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void allAcceptedIsDone() {
        statuses.ended(new Ended.Accepted(204));

        assertThat(statuses.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatWasCutIsNeitherAcceptedNorRefused() {
        statuses.ended(new Ended.Cut());

        assertThat(statuses.accepted() + statuses.refused()).isZero();
    }

    private void answer(Answer answer) {
        statuses.answered(answer);
    }
}
