package dev.rowcast.local.page.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs `kn replay` as `make dead-letters` does.
///
/// @param program   the script `tools/kn-replay/kn-replay`
/// @param addresses the file with the addresses of this run
public record ReplayProgram(Path program, Path addresses) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Runs a command, and returns its document.
    ///
    /// @throws IOException with the command's own message when it fails
    JsonNode run(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(words);
        command.addAll(List.of("--addresses", addresses.toString(), "-o", "json"));
        Path errors = Files.createTempFile("kn-replay", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(errors.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            try {
                byte[] output = process.getInputStream().readAllBytes();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("kn replay did not end within " + PATIENCE.toSeconds() + " s");
                }
                return document(output, errors, process.exitValue());
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /// A command that sends dead letters which are refused again exits with a status, too, and has a document.
    private static JsonNode document(byte[] output, Path errors, int exit) throws IOException {
        String text = new String(output, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            String why = Files.readString(errors).strip();
            throw new IOException(why.isEmpty() ? "kn replay ended with " + exit : why);
        }
        return new JsonMapper().readTree(text);
    }
}
