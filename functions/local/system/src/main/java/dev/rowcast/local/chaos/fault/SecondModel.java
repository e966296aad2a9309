package dev.rowcast.local.chaos.fault;

import dev.rowcast.model.ModelContract;
import dev.rowcast.model.OnnxScorer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Makes another model out of one: the same graph under another version and another threshold, so that labels change.
///
/// The contract lies in the file as a text, and the texts put in are as long as those they replace: nothing else of the
/// file moves.
public final class SecondModel {

    private SecondModel() {}

    /// Puts another model in the place of a file, in one step.
    ///
    /// @param original the model that was trained
    /// @param file takes the other one
    /// @param number 1 to 999; another number is another version
    public static ModelContract put(Path original, Path file, int number) throws IOException {
        // One byte is one character, so that what is no text stays as it is.
        String bytes = Files.readString(original, StandardCharsets.ISO_8859_1);
        ModelContract contract;
        try (OnnxScorer model = OnnxScorer.load(original)) {
            contract = model.contract();
        }
        String version = contract.model().version();
        String otherVersion = version.substring(0, version.length() - 4) + "f%03d".formatted(number);
        String threshold = Double.toString(contract.output().threshold());
        String otherThreshold = "0." + (number % 2 == 0 ? "6" : "4") + threshold.substring(3);
        String other = replaceOnce(bytes, "\"version\": \"" + version, "\"version\": \"" + otherVersion);
        other = replaceOnce(other, "\"threshold\": " + threshold, "\"threshold\": " + otherThreshold);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, other, StandardCharsets.ISO_8859_1);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (OnnxScorer model = OnnxScorer.load(file)) {
            return model.contract();
        }
    }

    private static String replaceOnce(String text, String old, String replacement) {
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0 || old.length() != replacement.length()) {
            throw new IllegalStateException("the model does not hold " + old + " exactly once");
        }
        return text.substring(0, at) + replacement + text.substring(at + old.length());
    }
}
