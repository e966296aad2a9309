package dev.rowcast.indexer;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.IndexTemplate;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.station.Elasticsearch;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts a real Elasticsearch with the templates of the cluster for a function under test. Its arguments are
/// settings of that function.
public final class RealElasticsearch implements QuarkusTestResourceLifecycleManager {

    private Map<String, String> settings = Map.of();
    private Elasticsearch elasticsearch;

    @Override
    public void init(Map<String, String> arguments) {
        settings = arguments;
    }

    @Override
    public Map<String, String> start() {
        elasticsearch = started();
        Map<String, String> all = new HashMap<>(settings);
        all.put("quarkus.elasticsearch.hosts", hosts(elasticsearch));
        all.put(TableFiles.SETTING, TableFiles.shipped().toString());
        // Its log is in target/quarkus.log; on the console are the results of the tests.
        all.put("quarkus.log.console.enabled", "false");
        return all;
    }

    /// An Elasticsearch with the templates that the cluster gets.
    public static Elasticsearch started() {
        Elasticsearch elasticsearch = Elasticsearch.start(folder());
        elasticsearch.putTemplates(templates());
        return elasticsearch;
    }

    /// The templates that the cluster gets.
    public static List<IndexTemplate> templates() {
        return Manifests.read(Checkout.find().root()).indexTemplates();
    }

    /// The address as the setting `quarkus.elasticsearch.hosts` takes it.
    public static String hosts(Elasticsearch elasticsearch) {
        return "127.0.0.1:" + elasticsearch.port();
    }

    /// A new folder in `target`: the temporary folder may be in memory, which is too small.
    public static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "elasticsearch-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(elasticsearch, new TestInjector.MatchesType(Elasticsearch.class));
    }

    @Override
    public void stop() {
        if (elasticsearch != null) {
            elasticsearch.close();
        }
    }
}
