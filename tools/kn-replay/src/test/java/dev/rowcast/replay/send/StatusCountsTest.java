package dev.rowcast.replay.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.exit.ExitCode;
import org.junit.jupiter.api.Test;

class StatusCountsTest {

    private final StatusCounts statuses = new StatusCounts();

    @Test
    void everyAnswerIsCountedAndEveryEventByItsLastOne() {
        answer(FunctionResponse.Answered.of(503, ""));
        answer(new FunctionResponse.TimedOut("30 s"));
        answer(FunctionResponse.Answered.of(204, ""));
        statuses.ended(new SendOutcome.Accepted(204));
        answer(FunctionResponse.Answered.of(422, ""));
        statuses.ended(new SendOutcome.Refused(FunctionResponse.Answered.of(422, "")));

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
        statuses.ended(new SendOutcome.Accepted(204));

        assertThat(statuses.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatWasCutIsNeitherAcceptedNorRefused() {
        statuses.ended(new SendOutcome.Cut());

        assertThat(statuses.accepted() + statuses.refused()).isZero();
    }

    private void answer(FunctionResponse answer) {
        statuses.answered(answer);
    }
}
