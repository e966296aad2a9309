package dev.rowcast.table;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.name.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// A model and the files that the trainer wrote beside it: its golden rows and its card.
final class ModelFolder {

    private static final String GOLDEN = "parity.csv";
    private static final String CARD = "MODEL_CARD.md";

    private ModelFolder() {}

    /// The files for the folder of a table. Golden rows and card are among them only when they are those of the model.
    ///
    /// @param model the ONNX file
    static Map<String, byte[]> of(Path model, ModelContract contract, TableName name) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put(name.text() + ".onnx", content(model));
        Path golden = model.resolveSibling(GOLDEN);
        if (Files.isReadable(golden)
                && digest(content(golden)).equals(contract.parity().digest())) {
            files.put(GOLDEN, content(golden));
            Path card = model.resolveSibling(CARD);
            if (Files.isReadable(card)) {
                files.put(CARD, content(card));
            }
        }
        return files;
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
