package dev.rowcast.local.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `make schema` as a process: output, errors and exit code.
class PrintSchemaIT {

    @TempDir
    Path folder;

    @Test
    void onlySqlIsPrinted() throws Exception {
        Printed printed = print(SchemaModels.LOAN.toString());

        assertThat(printed.out()).isEqualTo(SchemaSql.of(SchemaModels.contract(SchemaModels.LOAN)));
        assertThat(printed.error()).isEmpty();
        assertThat(printed.code()).isZero();
    }

    @Test
    void missingOrWrongModelPrintsOneLine() throws Exception {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");

        refused(print(), "Which model? make schema MODEL=");
        refused(print(""), "Which model? make schema MODEL=");
        refused(print("no/such.onnx"), "model no/such.onnx: the file does not exist or is not readable");
        refused(print(text.toString()), "model " + text + ": cannot be loaded");
    }

    private static void refused(Printed printed, String line) {
        assertThat(printed.error().lines()).singleElement().asString().startsWith(line);
        assertThat(printed.out()).isEmpty();
        assertThat(printed.code()).isEqualTo(2);
    }

    private record Printed(String out, String error, int code) {}

    private Printed print(String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PrintSchema.class.getName()),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return new Printed(Files.readString(out, UTF_8), Files.readString(error, UTF_8), process.exitValue());
    }
}
