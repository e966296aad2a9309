package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.ScriptFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `make native-build` in a checkout of stand-ins: Maven prints its arguments and leaves what a build leaves.
class NativeBuildScriptTest {

    private static final String MAVEN = """
            #!/bin/sh
            echo "mvn $*"
            for module in $BUILT; do
                mkdir -p $module/target/native && touch $module/target/native/rowcast-${module##*/}-1-runner
            done
            """;

    private ScriptFolder folder;

    @BeforeEach
    void copyScript(@TempDir Path checkout) throws IOException {
        folder = new ScriptFolder(checkout);
        folder.copy("scripts/native-build");
        folder.write("mvn", MAVEN);
        graalvm("native-image 25.0.1 2025-10-21\nOpenJDK Runtime Environment Mandrel-25.0.1.0-Final");
    }

    @Test
    void everyExecutableIsBuiltAndListed() throws Exception {
        ScriptFolder.Ended ended = run("", "functions/predictor functions/indexer functions/retention tools/kn-replay");

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(ended.printed())
                .contains("mvn -Dnative ", ":rowcast-predictor,:rowcast-indexer,:rowcast-retention,:rowcast-kn-replay,")
                .contains(
                        "functions/predictor/target/native/rowcast-predictor-1-runner",
                        "functions/indexer/target/native/rowcast-indexer-1-runner",
                        "functions/retention/target/native/rowcast-retention-1-runner",
                        "tools/kn-replay/target/native/rowcast-kn-replay-1-runner");
    }

    @Test
    void oneExecutableIsBuiltOnRequest() throws Exception {
        ScriptFolder.Ended ended = run("kn-replay", "tools/kn-replay");

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(ended.printed()).contains("--projects :rowcast-kn-replay, ").doesNotContain("predictor,");
    }

    @Test
    void buildWithoutAnExecutableFails() throws Exception {
        ScriptFolder.Ended ended = run("", "functions/predictor functions/indexer functions/retention");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed()).contains("The build left no executable of kn-replay");
    }

    @Test
    void graalvmOfOracleIsRefused() throws Exception {
        graalvm("native-image 25 2025-09-16\nJava(TM) SE Runtime Environment Oracle GraalVM 25+37.1");

        ScriptFolder.Ended ended = run("", "");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed()).contains("GRAALVM_HOME is", "Mandrel or GraalVM Community 25 or newer");
    }

    private void graalvm(String version) throws IOException {
        folder.write("graalvm/bin/native-image", "#!/bin/sh\necho '" + version + "'\n");
    }

    private ScriptFolder.Ended run(String only, String built) throws Exception {
        Path root = folder.root();
        return folder.run(
                Map.of(
                        "GRAALVM_HOME",
                        root.resolve("graalvm").toString(),
                        "JAVA_HOME",
                        "",
                        "ONLY",
                        only,
                        "BUILT",
                        built),
                "scripts/native-build",
                root.resolve("mvn").toString());
    }
}
