package dev.rowcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.ScriptFolder;
import dev.rowcast.testkit.folder.ScriptFolder.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `make build` says what it builds and downloads. Maven is a stand-in that prints lines of the real one.
class BuildScriptTest {

    private static final String MODULES = """
            [INFO] Building Rowcast 0.1.0                                             [1/2]
            [INFO] Building Rowcast core 0.1.0                                        [2/2]
            """;
    private static final String TRANSFERS = """
            [INFO] Scanning for projects...
            [INFO] Building Rowcast 0.1.0                                             [1/2]
            [INFO] Downloading from central: https://repo.example/a/a-1.pom
            [INFO] Downloaded from central: https://repo.example/a/a-1.pom (512 B at 2.0 kB/s)
            [INFO] Downloading from central: https://repo.example/a/a-1.jar
            [INFO] Downloading from central: https://repo.example/b/b-1.jar
            [INFO] Downloaded from central: https://repo.example/b/b-1.jar (900 kB at 3.1 MB/s)
            [INFO] Downloaded from central: https://repo.example/a/a-1.jar (41.2 MB at 9 MB/s)
            [INFO] Building Rowcast core 0.1.0                                        [2/2]
            """;

    @TempDir
    Path folder;

    private ScriptFolder checkout;

    @BeforeEach
    void copyScripts() throws IOException {
        checkout = new ScriptFolder(folder);
        checkout.copy("scripts/build-if-changed");
        checkout.copy("scripts/build-progress");
        checkout.write(
                "build",
                "#!/bin/bash\ncd \"${0%/*}\"\nexec scripts/build-if-changed bin/mvn --no-transfer-progress package\n");
        checkout.write("pom.xml", "");
        for (String source :
                List.of("functions", "tools", "knative", "postgres", "strimzi", "eck", "trainer-notebook/model")) {
            Files.createDirectories(folder.resolve(source));
        }
    }

    @Test
    void downloadsAreShownWithTheirFilesAndSizes() throws Exception {
        maven(TRANSFERS, 0);

        Ended ended = build();

        assertThat(ended.code()).isZero();
        assertThat(ended.printed().lines())
                .containsSubsequence(
                        "Building.",
                        "  [1/2] Rowcast 0.1.0",
                        "  Downloading what the build needs, once:",
                        "    3 files, 42.1 MB so far",
                        "  [2/2] Rowcast core 0.1.0");
        assertThat(folder.resolve("target/build.log")).content().endsWith(TRANSFERS);
    }

    @Test
    void mavenIsAskedForItsTransfers() throws Exception {
        maven(MODULES, 0);

        build();

        assertThat(folder.resolve("target/build.log")).content().startsWith("called with package\n");
    }

    @Test
    void buildWithoutDownloadsShowsModulesOnly() throws Exception {
        maven(MODULES, 0);

        assertThat(build().printed()).isEqualTo("Building.\n  [1/2] Rowcast 0.1.0\n  [2/2] Rowcast core 0.1.0\n");
    }

    @Test
    void secondBuildOfTheSameSourcesDoesNothing() throws Exception {
        maven(MODULES, 0);
        build();

        assertThat(build()).isEqualTo(new Ended(0, ""));
    }

    @Test
    void failureIsShownAndBuiltAgain() throws Exception {
        maven("[ERROR] COMPILATION ERROR\n", 1);

        for (int time = 0; time < 2; time++) {
            Ended ended = build();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.printed()).contains("[ERROR] COMPILATION ERROR", "see the log target/build.log");
        }
    }

    @Test
    void largeFileIsNamedWhileItIsDownloaded() throws Exception {
        // Given a download that lasts until the script has named it
        Path printed = folder.resolve("printed");
        checkout.write("large", """
                #!/bin/bash
                cd "${0%%/*}"
                {
                  echo "[INFO] Downloading from central: https://repo.example/server-9.jar"
                  until grep -q "waiting for server-9.jar; 0 files, 0.0 MB before it" "%1$s"; do sleep 0.1; done
                  echo "[INFO] Downloaded from central: https://repo.example/server-9.jar (120 MB at 9 MB/s)"
                } | scripts/build-progress 1 > "%1$s"
                """.formatted(printed));

        assertThat(checkout.run(Map.of(), "large").code()).isZero();

        assertThat(printed).content().endsWith("    1 file, 120.0 MB so far\n");
    }

    private void maven(String output, int exit) throws IOException {
        Path lines = Files.writeString(folder.resolve("lines"), output);
        checkout.write("bin/mvn", "#!/bin/bash\necho \"called with $*\"\ncat " + lines + "\nexit " + exit + "\n");
    }

    private Ended build() throws IOException, InterruptedException {
        return checkout.run(Map.of(), "build");
    }
}
