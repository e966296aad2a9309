package dev.rowcast.testkit.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The native build and the JVM's are in folders of their own, so that neither removes the other.
class NativeBuildTest {

    private static final Checkout CHECKOUT = Checkout.find();

    @TempDir
    Path target;

    @Test
    void executableIsFoundBesideTheBuildForTheJvm() throws IOException {
        Files.createDirectories(target.resolve("quarkus-app"));
        Path executable = Files.createFile(
                Files.createDirectories(target.resolve("native")).resolve("rowcast-predictor-1-runner"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        assertThat(NativeBuild.command(target)).first().isEqualTo(executable.toString());
    }

    @Test
    void missingExecutableNamesTheCommandThatBuildsIt() throws IOException {
        assertThatThrownBy(() -> NativeBuild.command(target))
                .isInstanceOf(StationFailure.class)
                .hasMessage("There is no native executable in " + target + "/native: make native-build");

        Files.createDirectories(target.resolve("native"));

        assertThatThrownBy(() -> NativeBuild.command(target)).hasMessageEndingWith(": make native-build");
    }

    @Test
    void nativeProfileBuildsInTheFolderThatEveryoneReads() throws IOException {
        assertThat(text("pom.xml").replaceAll("(?s).*<id>native</id>", ""))
                .contains("<directory>${project.basedir}/target/native</directory>");
        for (String reader : List.of("scripts/native-build", ".github/workflows/release.yml")) {
            assertThat(text(reader))
                    .as(reader)
                    .contains("target/native/*-runner")
                    .doesNotContain("target/*-runner");
        }
        assertThat(text("scripts/images")).contains("context=$context/native");
        assertThat(text("tools/kn-replay/kn-replay")).contains("target/native/*-runner");
    }

    @Test
    void flagsOfAQuickStartAreTheSameInAllFiles() throws IOException {
        List<String> command = NativeBuild.orJvm(target);
        List<String> flags = command.subList(1, command.indexOf("-jar")).stream()
                .map(NativeBuildTest::withoutPath)
                .toList();

        assertThat(flags).hasSizeGreaterThan(2);
        assertThat(flags("pom.xml", "<function.jvm.args>(?<flags>-[^<]+)</")).isEqualTo(flags);
        assertThat(flags("tools/kn-replay/kn-replay", "archive=\\((?<flags>-[^)]+)\\)"))
                .isEqualTo(flags.subList(2, flags.size()));
        assertThat(flags("tools/kn-replay/kn-replay", "-Xmx256m (?<flags>-.+?) --"))
                .isEqualTo(flags.subList(0, 2));
        assertThat(flags("images/Dockerfile.jvm", "RUN java .*-Xmx256m (?<flags>-.+?) --"))
                .isEqualTo(flags.subList(0, 2));
        assertThat(flags("images/Dockerfile.jvm", "\"-Xmx256m\", (?<flags>.+?), \"-D"))
                .isEqualTo(flags.subList(0, 2));
    }

    /// The flags in a file, without quotes.
    private static List<String> flags(String file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(text(file));
        assertThat(found.find()).as(file).isTrue();
        return Stream.of(found.group("flags").split(",? "))
                .map(flag -> withoutPath(flag.replace("\"", "")))
                .toList();
    }

    /// Each program has an archive of its own.
    private static String withoutPath(String flag) {
        return flag.replaceFirst("(-XX:SharedArchiveFile=).*", "$1");
    }

    private static String text(String file) throws IOException {
        return Files.readString(CHECKOUT.resolve(file));
    }
}
