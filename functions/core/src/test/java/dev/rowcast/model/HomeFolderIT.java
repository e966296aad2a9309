package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.model.contract.Feature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Some versions of ONNX Runtime write telemetry below the home folder; a function that scores must leave
/// no trace there.
class HomeFolderIT {

    /// The main method of the child process: load, score, close.
    static final class Scoring {

        public static void main(String[] arguments) {
            try (OnnxScorer scorer = OnnxScorer.load(Path.of(arguments[0]))) {
                int numbers = (int) scorer.contract().features().stream()
                        .filter(Feature.Numeric.class::isInstance)
                        .count();
                String[] categories = new String[scorer.contract().features().size() - numbers];
                Arrays.fill(categories, "");
                FeatureRow row = new FeatureRow(new float[numbers], categories);
                System.out.printf(
                        "scored %d rows, home %s%n",
                        scorer.score(List.of(row, row)).size(), System.getProperty("user.home"));
            }
        }
    }

    @Test
    void scoringWritesNothingIntoTheHomeFolder(@TempDir Path home, @TempDir Path work) throws Exception {
        ProcessBuilder scoring = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Scoring.class.getName(),
                        ShippedModel.FILE.toAbsolutePath().toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output").toFile());
        // As the process would run for anyone: without the setting that the other tests run with.
        scoring.environment().remove("ORT_DISABLE_TELEMETRY");
        scoring.environment().remove("XDG_CACHE_HOME");
        scoring.environment().put("HOME", home.toString());
        Process child = scoring.start();

        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(work.resolve("output"), StandardCharsets.UTF_8))
                .contains("scored 2 rows, home " + home);
        assertThat(child.exitValue()).isZero();
        assertThat(filesBelow(home)).isEmpty();
        assertThat(filesBelow(work)).containsExactly(work.resolve("output"));
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder)).toList();
        }
    }
}
