package dev.rowcast.local.page.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityTest {

    @Test
    void aFunctionLeavesOneLetterForEachSampleAndTheOldestGo() {
        Activity activity = new Activity(4);
        for (String state : List.of("up", "zero", "starting", "up", "closed")) {
            activity.sample(List.of(new FunctionState("predictor", state, 1, 0, 0)));
        }
        assertThat(activity.of("predictor")).isEqualTo("0s1?");
        assertThat(activity.of("another")).isEmpty();
    }
}
