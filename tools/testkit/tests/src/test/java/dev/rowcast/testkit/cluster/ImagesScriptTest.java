package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `make images` in a checkout of stand-ins: docker records its calls, and objdump prints what an executable contains.
class ImagesScriptTest {

    private static final String FITS = " DF *UND* 0 (GLIBC_2.2.5) read\n DF *UND* 0 (GLIBC_2.34) dlopen\n";
    private static final String TOO_NEW = FITS + " DF *UND* 0 (GLIBC_2.38) fmod\n";

    private static final String PLUGINS = "tools/testkit/kafka/target/plugins";
    private static final String DEBEZIUM = PLUGINS + "/debezium-connector-postgres";

    private ScriptFolder folder;

    @BeforeEach
    void copyScript(@TempDir Path checkout) throws IOException {
        folder = new ScriptFolder(checkout);
        for (String file : List.of("scripts/images", "images/Dockerfile.native", "images/Dockerfile.jvm")) {
            folder.copy(file);
        }
        folder.write("trainer-notebook/model/churn.onnx", "");
        folder.write("examples/loan/loan.onnx", "");
        folder.write("bin/docker", "#!/bin/sh\necho \"docker $*\"\n");
        folder.write("bin/git", "#!/bin/sh\necho 0123\n");
        folder.write("bin/objdump", "#!/bin/sh\nshift; cat \"$@\"\n");
        for (String function : List.of("predictor", "indexer", "retention")) {
            executable(function, FITS);
        }
        folder.write("tools/kn-replay/target/native/rowcast-kn-replay-1-runner", FITS);
        folder.write(DEBEZIUM + "/debezium-connector-postgres-1.jar", "");
    }

    @Test
    void executableThatFitsItsBaseImageIsBuiltAndSaysSo() throws Exception {
        ScriptFolder.Ended ended = run();

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(ended.printed())
                .contains("retention needs glibc 2.34; the base image has 2.34")
                .contains("--file images/Dockerfile.native --target function --load functions/retention/target/native");
    }

    @Test
    void replayIsAnImageOfItsOwnWithTheModels() throws Exception {
        assertThat(run().printed())
                .contains("kn-replay needs glibc 2.34; the base image has 2.34")
                .contains("--tag rowcast/kn-replay:0.1.0 --file images/Dockerfile.native --target kn-replay --load"
                        + " tools/kn-replay/target/native");
        assertThat(folder.root().resolve("tools/kn-replay/target/native/image/model/churn.onnx"))
                .exists();
    }

    @Test
    void imageOfConnectIsTheSameForBothKinds() throws Exception {
        for (String name :
                List.of("functions/predictor", "functions/indexer", "functions/retention", "tools/kn-replay")) {
            folder.write(name + "/target/quarkus-app/quarkus-run.jar", "");
        }
        for (String kind : List.of("native", "jvm")) {
            assertThat(run(kind).printed())
                    .contains("--tag rowcast/connect:0.1.0 --file images/Dockerfile.connect --load " + PLUGINS + "\n");
        }
    }

    @Test
    void pluginThatIsNotUnpackedNamesTheCommandThatDoes() throws Exception {
        Files.delete(folder.root().resolve(DEBEZIUM + "/debezium-connector-postgres-1.jar"));
        Files.delete(folder.root().resolve(DEBEZIUM));

        assertThat(run())
                .returns(1, ScriptFolder.Ended::code)
                .extracting(ScriptFolder.Ended::printed)
                .asString()
                .endsWith("The plugin of Debezium is not unpacked. Run: make build\n");
    }

    @Test
    void replayThatIsNotBuiltNamesTheCommandThatBuildsIt() throws Exception {
        for (String function : List.of("predictor", "indexer", "retention")) {
            folder.write("functions/" + function + "/target/quarkus-app/quarkus-run.jar", "");
        }

        assertThat(run("jvm"))
                .returns(1, ScriptFolder.Ended::code)
                .extracting(ScriptFolder.Ended::printed)
                .asString()
                .endsWith("kn-replay is not built. Run: make build\n");
    }

    @Test
    void executableTooNewForItsBaseImageIsRefused() throws Exception {
        executable("indexer", TOO_NEW);

        assertRefused("indexer needs glibc 2.38, and the base image of images/Dockerfile.native has 2.34");
    }

    @Test
    void libraryTooNewForTheBaseImageIsRefused() throws Exception {
        folder.write("functions/predictor/target/native/libonnxruntime.so", TOO_NEW);

        assertRefused("predictor needs glibc 2.38");
    }

    @Test
    void versionsAreComparedAsNumbers() throws Exception {
        executable("indexer", " DF *UND* 0 (GLIBC_2.4) __stack_chk_fail\n");

        assertThat(run().printed()).contains("indexer needs glibc 2.4; the base image has 2.34");
    }

    @Test
    void missingExecutableNamesTheCommandThatBuildsIt() throws Exception {
        Files.delete(folder.root().resolve("functions/indexer/target/native/rowcast-indexer-1-runner"));

        assertRefused("There is no native executable of indexer. Run: make native-build");
    }

    @Test
    void baseImageIsTheOneWhoseGlibcIsDeclared() throws IOException {
        // Every release 9 of the base has glibc 2.34; another base needs another number.
        assertThat(Files.readString(Checkout.find().resolve("images/Dockerfile.native")))
                .contains("FROM quay.io/quarkus/ubi9-", "\nARG GLIBC=2.34\n");
    }

    @Test
    void imageForTheJvmHasTheScriptThatTrainsItsAotCache() throws Exception {
        for (String name :
                List.of("functions/predictor", "functions/indexer", "functions/retention", "tools/kn-replay")) {
            folder.write(name + "/target/quarkus-app/quarkus-run.jar", "");
        }

        ScriptFolder.Ended ended = run("jvm");

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(ended.printed())
                .contains("images/Dockerfile.jvm --build-context scripts=images --target function --load"
                        + " functions/retention/target\n");
    }

    private void assertRefused(String message) throws Exception {
        ScriptFolder.Ended ended = run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed()).contains(message, "make native-build");
    }

    private void executable(String function, String symbols) throws IOException {
        folder.write("functions/" + function + "/target/native/rowcast-" + function + "-1-runner", symbols);
    }

    private ScriptFolder.Ended run() throws Exception {
        return run("");
    }

    private ScriptFolder.Ended run(String kind) throws Exception {
        return folder.run(
                Map.of("KIND", kind, "REGISTRY", "", "VERSION", "", "PUSH", "", "PLATFORMS", ""), "scripts/images");
    }
}
