package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `kn-replay` in a checkout whose builds are stand-ins that print how they were called.
class KnReplayScriptTest {

    private static final String FOLDER = "tools/kn-replay/";
    private static final Instant EARLIER = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant LATER = EARLIER.plusSeconds(60);

    private ScriptFolder checkout;

    @BeforeEach
    void copyScript(@TempDir Path folder) throws IOException {
        checkout = new ScriptFolder(folder);
        checkout.copy(FOLDER + "kn-replay");
        checkout.write("scripts/find-jdk", "#!/bin/sh\necho " + folder.resolve("jdk") + "\n");
        checkout.write("jdk/bin/java", "#!/bin/sh\necho \"jvm $*\"\n");
    }

    @Test
    void nativeExecutableRunsWhenItIsTheOnlyBuild() throws Exception {
        buildNative(EARLIER);

        assertThat(run("")).isEqualTo(new ScriptFolder.Ended(0, "native -Xmx256m topic churn --dry-run\n"));
    }

    @Test
    void buildForTheJvmRunsWhenItIsTheOnlyBuild() throws Exception {
        buildForTheJvm(EARLIER);

        assertThat(run("").printed()).startsWith("jvm ").endsWith("quarkus-run.jar topic churn --dry-run\n");
    }

    @Test
    void newerOfBothBuildsRuns() throws Exception {
        buildForTheJvm(EARLIER);
        buildNative(LATER);
        assertThat(run("").printed()).startsWith("native ");

        buildForTheJvm(LATER.plusSeconds(60));
        assertThat(run("").printed()).startsWith("jvm ");
    }

    @Test
    void variableChoosesTheBuild() throws Exception {
        buildForTheJvm(EARLIER);
        buildNative(LATER);

        assertThat(run("jvm").printed()).startsWith("jvm ");
        assertThat(run("native").printed()).startsWith("native ");
        assertThat(run("graal"))
                .isEqualTo(
                        new ScriptFolder.Ended(2, "kn replay: KN_REPLAY_BUILD is graal; it must be native or jvm\n"));
    }

    @Test
    void missingBuildNamesTheCommandThatBuildsIt() throws Exception {
        assertThat(run(""))
                .isEqualTo(new ScriptFolder.Ended(
                        2, "kn replay: it is not built yet; run make build in " + root() + "\n"));

        buildForTheJvm(EARLIER);

        assertThat(run("native"))
                .isEqualTo(new ScriptFolder.Ended(
                        2, "kn replay: there is no native executable; run make native-build in " + root() + "\n"));
    }

    @Test
    void exitCodeIsThatOfTheExecutable() throws Exception {
        checkout.write(FOLDER + "target/native/rowcast-kn-replay-1-runner", "#!/bin/sh\nexit 3\n");

        assertThat(run("")).isEqualTo(new ScriptFolder.Ended(3, ""));
    }

    private Path root() throws IOException {
        return checkout.root().toRealPath();
    }

    private void buildNative(Instant when) throws IOException {
        Path built =
                checkout.write(FOLDER + "target/native/rowcast-kn-replay-1-runner", "#!/bin/sh\necho \"native $*\"\n");
        Files.setLastModifiedTime(built, FileTime.from(when));
    }

    /// The file of the build has the time of reproducible builds, the stamp that of the build.
    private void buildForTheJvm(Instant when) throws IOException {
        checkout.write(FOLDER + "target/quarkus-app/quarkus-run.jar", "");
        Files.setLastModifiedTime(checkout.write("target/built", ""), FileTime.from(when));
    }

    private ScriptFolder.Ended run(String build) throws Exception {
        return checkout.run(Map.of("KN_REPLAY_BUILD", build), FOLDER + "kn-replay", "topic", "churn", "--dry-run");
    }
}
