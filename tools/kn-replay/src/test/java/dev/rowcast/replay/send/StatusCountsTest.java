package dev.rowcast.replay.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.exit.ExitCode;
import org.junit.jupiter.api.Test;

class StatusCountsTest {

    private final StatusCounts counts = new StatusCounts();

    @Test
    void everyResponseAndTheLastOneOfEachEventIsCounted() {
        answer(FunctionResponse.Answered.of(503, ""));
        answer(new FunctionResponse.TimedOut("30 s"));
        answer(FunctionResponse.Answered.of(204, ""));
        counts.add(new SendOutcome.Accepted(204));
        answer(FunctionResponse.Answered.of(422, ""));
        counts.add(new SendOutcome.Refused(FunctionResponse.Answered.of(422, "")));

        assertThat(counts.table().text()).isEqualTo("""
                  STATUS   ANSWERS  EVENTS
                  204      1        1
                  422      1        1
                  503      1        0
                  timeout  1        0
                """);
        assertThat(counts.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void acceptedEventsExitWithDone() {
        counts.add(new SendOutcome.Accepted(204));

        assertThat(counts.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void interruptedEventIsNeitherAcceptedNorRefused() {
        counts.add(new SendOutcome.Interrupted());

        assertThat(counts.accepted() + counts.refused()).isZero();
    }

    private void answer(FunctionResponse answer) {
        counts.add(answer);
    }
}
