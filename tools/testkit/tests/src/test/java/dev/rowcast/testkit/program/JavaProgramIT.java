package dev.rowcast.testkit.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PGJDBCMain;

class JavaProgramIT {
    @TempDir
    Path archives;

    @Test
    void anArchiveThatWasWrittenHalfNeitherStopsAStartNorStaysForEver() throws Exception {
        // Given a program from a jar, which prints a few lines and ends
        Path jar = Path.of(PGJDBCMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        JavaProgram program = new JavaProgram(
                Path.of(System.getProperty("java.home")),
                jar.toString(),
                List.of("-Xmx64m"),
                PGJDBCMain.class.getName());
        String printed = run(program);
        Path archive = archive();
        byte[] whole = Files.readAllBytes(archive);

        // When it was cut off, or was not begun
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        String printedWithHalf = run(program);
        Files.write(archive, new byte[whole.length]);
        String printedWithNone = run(program);

        // Then
        assertThat(printed).contains("PostgreSQL JDBC Driver").doesNotContain("warning");
        assertThat(printedWithHalf).isEqualTo(printed);
        assertThat(printedWithNone).isEqualTo(printed);
        assertThat(Files.readAllBytes(archive())).startsWith(whole[0], whole[1], whole[2], whole[3]);
    }

    @Test
    void missingBuildIsReported() {
        assertThatThrownBy(() -> JavaProgram.builtIn(archives, "a.Main"))
                .isInstanceOf(StationFailure.class)
                .hasMessage("a.Main is not built: " + archives.resolve("classpath") + " is missing");
    }

    private String run(JavaProgram program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.command(archives, "program", List.of()))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    private Path archive() throws IOException {
        try (Stream<Path> files = Files.list(archives)) {
            return files.toList().getFirst();
        }
    }
}
