package dev.rowcast.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CpuTimeTest {

    @Test
    void timeOfThisProcessIsCounted() {
        assertThat(CpuTime.seconds(ProcessHandle.current().pid())).isPositive();
    }

    @Test
    void processThatHasEndedHasNone() throws IOException, InterruptedException {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThat(CpuTime.seconds(ended.pid())).isZero();
    }
}
