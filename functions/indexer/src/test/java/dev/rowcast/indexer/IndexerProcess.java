package dev.rowcast.indexer;

import dev.rowcast.testkit.function.PackagedFunction;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Starts the packaged indexer.
final class IndexerProcess {

    private IndexerProcess() {}

    /// Starts it.
    ///
    /// @param folder receives its log
    /// @param environment its settings
    static PackagedFunction start(Path folder, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.computeIfAbsent(
                "ROWCAST_INDEXER_TABLES_FOLDER", _ -> TableFiles.shipped().toString());
        return PackagedFunction.start("indexer", folder, folder.resolve("indexer.log"), variables);
    }
}
