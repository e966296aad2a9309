package dev.rowcast.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `nice` without arguments prints the niceness of its process.
class LowerPriorityTest {

    private static final int LOWEST = 19;

    @TempDir
    Path folder;

    @Test
    void childRunsAtTheLowerPriorityOfItsLaunch() {
        int own = Integer.parseInt(lineOf("same", 0));

        assertThat(Integer.parseInt(lineOf("lower", 5))).isEqualTo(Math.min(LOWEST, own + 5));
    }

    @Test
    void childWithALowerPriorityIsStillOneProcess() {
        Launch launch = Launch.of("pid", List.of("sh", "-c", "echo $$"), folder, folder.resolve("pid.log"));
        StationProcess child = StationProcess.spawn(launch.withNice(5));

        assertThat(child.awaitEnd(Duration.ofMinutes(1))).isTrue();
        assertThat(child.log().lastLines(1)).containsExactly(Long.toString(child.pid()));
    }

    private String lineOf(String name, int nice) {
        Launch launch = Launch.of(name, List.of("nice"), folder, folder.resolve(name + ".log"));
        StationProcess child = StationProcess.spawn(launch.withNice(nice));

        assertThat(child.awaitEnd(Duration.ofMinutes(1))).isTrue();
        return child.log().lastLines(1).getFirst();
    }
}
