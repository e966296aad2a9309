package dev.rowcast.table.kibana;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the saved objects of `eck/kibana/boards.yaml` beside it: `make boards`.
public final class WriteBoards {

    private WriteBoards() {}

    /// Runs in the root of a checkout.
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of("eck/kibana");
        Path written = folder.resolve("rowcast.ndjson");
        Files.writeString(written, SavedObjects.of(Boards.read(folder.resolve("boards.yaml"))));
        System.out.println("Written: " + written);
    }
}
