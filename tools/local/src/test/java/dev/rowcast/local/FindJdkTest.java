package dev.rowcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that each `make` runs first takes the JDK of `JAVA_HOME` if it is new enough, without starting it.
class FindJdkTest {

    private static final String NEVER_STARTED = "#!/bin/sh\nexit 1\n";

    @TempDir
    Path folder;

    private ScriptFolder checkout;

    @BeforeEach
    void copyScript() throws IOException {
        checkout = new ScriptFolder(folder);
        checkout.copy("scripts/find-jdk");
    }

    @Test
    void versionIsReadFromTheFileOfTheJdk() throws Exception {
        jdk(NEVER_STARTED, "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");

        assertThat(found()).isEqualTo(folder.resolve("jdk") + "\n");
    }

    @Test
    void compilerIsAskedWhenThereIsNoFile() throws Exception {
        checkout.write("jdk/bin/javac", "#!/bin/sh\necho javac 26-ea\n");

        assertThat(found()).isEqualTo(folder.resolve("jdk") + "\n");
    }

    @Test
    void olderJdkIsNotTaken() throws Exception {
        for (String old : new String[] {"24.0.2", "21", "1.8.0_402"}) {
            jdk(NEVER_STARTED, "JAVA_VERSION=\"" + old + "\"\n");

            assertThat(found()).as(old).doesNotContain(folder.toString());
        }
    }

    private void jdk(String compiler, String release) throws IOException {
        checkout.write("jdk/bin/javac", compiler);
        Files.writeString(folder.resolve("jdk/release"), release);
    }

    private String found() throws IOException, InterruptedException {
        return checkout.run(Map.of("JAVA_HOME", folder.resolve("jdk").toString()), "scripts/find-jdk")
                .printed();
    }
}
