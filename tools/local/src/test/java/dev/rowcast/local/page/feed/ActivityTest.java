package dev.rowcast.local.page.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.local.knative.serving.FunctionStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ActivityTest {

    @Test
    void oneLetterPerSampleIsKeptAndTheOldestAreDropped() {
        Activity activity = new Activity(4);
        for (String state : List.of("up", "zero", "starting", "up", "closed")) {
            activity.sample(List.of(
                    new FunctionStatus("predictor", state, OptionalLong.empty(), 1, 0, 0, Map.of(), List.of())));
        }
        assertThat(activity.of("predictor")).isEqualTo("0s1?");
        assertThat(activity.of("another")).isEmpty();
    }
}
