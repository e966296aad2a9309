package dev.rowcast.indexer;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.IndexerTable;
import dev.rowcast.testkit.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of the indexer's tables.
final class TableFiles {

    /// The setting with the folder.
    static final String SETTING = "rowcast.indexer.tables-folder";

    private TableFiles() {}

    /// A new folder in `target` with the file of the shipped table.
    static Path shipped() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tables-");
            IndexerTable.write(Manifests.read(Checkout.find().root()).indexerTables(), folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
