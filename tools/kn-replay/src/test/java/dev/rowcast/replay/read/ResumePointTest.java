package dev.rowcast.replay.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.replay.exit.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumePointTest {

    private static final String WORD = "churn.public.person_churn_history:0=120-400,3=7-90";
    private static final ResumePoint POINT = new ResumePoint(
            "churn.public.person_churn_history", List.of(new OffsetRange(0, 120, 400), new OffsetRange(3, 7, 90)));

    @TempDir
    Path folder;

    @Test
    void printedWordIsReadBack() {
        assertThat(POINT).hasToString(WORD);
        assertThat(ResumePoint.of(WORD)).isEqualTo(POINT);
    }

    @Test
    void fileWithAResumePointIsRead() {
        Path file = folder.resolve("point");
        POINT.write(file);

        assertThat(ResumePoint.of(file.toString())).isEqualTo(POINT);
    }

    @Test
    void finishedPartitionIsOmitted() {
        ResumePoint point = new ResumePoint("t", List.of(new OffsetRange(0, 5, 5), new OffsetRange(1, 0, 1)));

        assertThat(point).hasToString("t:1=0-1");
    }

    @Test
    void emptyRestIsAResumePoint() {
        assertThat(ResumePoint.of("t:")).isEqualTo(new ResumePoint("t", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t:0=5-4", "t:0=1-2,0=2-3", "t", "no/such/file"})
    void invalidTextIsAUsageError(String text) {
        assertThatThrownBy(() -> ResumePoint.of(text)).isInstanceOf(UsageException.class);
    }

    @Test
    void fileWithOtherContentIsAUsageError() throws Exception {
        Path file = Files.writeString(folder.resolve("other"), "hello");

        assertThatThrownBy(() -> ResumePoint.of(file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("holds no resume point");
    }
}
