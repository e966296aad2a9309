package dev.rowcast.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The check of settings before the build, in a checkout without executables.
class CheckSettingsTest {

    private static final List<String> FUNCTIONS = List.of("indexer", "predictor", "retention");

    @TempDir
    Path checkout;

    @BeforeEach
    void copyNamesOfServices() throws IOException {
        Files.createDirectories(checkout.resolve("knative"));
        for (String function : FUNCTIONS) {
            String name = "knative/service-" + function + ".yaml";
            Files.copy(Checkout.find().resolve(name), checkout.resolve(name));
        }
    }

    @Test
    void nativeRunWithoutAnExecutableNamesTheCommand() throws IOException {
        for (String function : List.of("indexer", "retention")) {
            build(function);
        }

        refusal("NATIVE", "yes")
                .hasMessage("NATIVE is yes, and function predictor has no native executable: make native-build");
    }

    @Test
    void nativeRunNeedsAnExecutableOfEachFunction() throws IOException {
        for (String function : FUNCTIONS) {
            build(function);
        }

        assertThatCode(() -> CheckSettings.check(Map.of("NATIVE", "yes"), checkout))
                .doesNotThrowAnyException();
    }

    @Test
    void runOnTheJvmNeedsNoExecutable() {
        for (String value : List.of("", "no")) {
            assertThatCode(() -> CheckSettings.check(Map.of("NATIVE", value), checkout))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void otherValuesAreRefusedWithThePossibleOnes() {
        refusal("NATIVE", "true").hasMessage("NATIVE is true, not yes or no");
        refusal("ALSO", "examples/none")
                .hasMessageContaining("ALSO is examples/none")
                .hasMessageContaining("schema.sql");
    }

    private AbstractThrowableAssert<?, ?> refusal(String variable, String value) {
        return assertThatThrownBy(() -> CheckSettings.check(Map.of(variable, value), checkout))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void build(String function) throws IOException {
        Path folder = Files.createDirectories(checkout.resolve("functions/" + function + "/target/native"));
        Files.createFile(folder.resolve("rowcast-" + function + "-1-runner"));
    }
}
