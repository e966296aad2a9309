package dev.rowcast.testkit.manifest;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// A file with tables that the indexer stores, from `indexer-tables` of `knative` or of a table's folder. In a
/// cluster all of them are in one ConfigMap.
///
/// @param folder that has the file, relative to the checkout
/// @param name of the file
/// @param content of the file
public record IndexerTable(String folder, String name, String content) {

    /// The index of the rows of a table; empty when this file does not name the table.
    ///
    /// @param schema of the table
    /// @param table its name
    public Optional<String> index(String schema, String table) {
        Properties values = values();
        return Stream.of("source", "captured")
                .filter(_ -> schema.equals(values.getProperty("schema")))
                .filter(which -> table.equals(values.getProperty(which + ".table")))
                .map(which -> Optional.ofNullable(values.getProperty(which + ".index")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The index of the cases of a captured table; empty when this file does not name the table or no cases.
    ///
    /// @param schema of the table
    /// @param table its name
    public Optional<String> casesIndex(String schema, String table) {
        Properties values = values();
        return schema.equals(values.getProperty("schema")) && table.equals(values.getProperty("captured.table"))
                ? Optional.ofNullable(values.getProperty("cases.index"))
                : Optional.empty();
    }

    private Properties values() {
        Properties values = new Properties();
        try {
            values.load(new StringReader(content));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the folder as a pod would mount it, with these files only.
    ///
    /// @param folder is created when it is missing
    public static void write(List<IndexerTable> tables, Path folder) {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder)) {
                for (Path file : earlier) {
                    Files.delete(file);
                }
            }
            for (IndexerTable table : tables) {
                Files.writeString(folder.resolve(table.name()), table.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The indexer's tables cannot be written to " + folder, e);
        }
    }
}
