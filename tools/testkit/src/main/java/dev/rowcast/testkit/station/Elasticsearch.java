package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.IndexTemplate;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.StationFailure;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A real Elasticsearch of one node on 127.0.0.1, without security.
public final class Elasticsearch extends Station {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int transportPort = Port.choose(0);
    private final StationHttp http;
    private final Map<String, String> settings;

    private Elasticsearch(Path folder, int port, Map<String, String> settings) {
        super("Elasticsearch", "elasticsearch", folder, port);
        this.http = new StationHttp(name(), address());
        this.settings = Map.copyOf(settings);
    }

    /// Creates an Elasticsearch with the node settings of the manifests, without starting it.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param port its HTTP port, or 0 for any free port; it keeps the port
    /// @return the station
    public static Elasticsearch in(Path folder, int port) {
        return new Elasticsearch(
                folder, port, Manifests.read(Checkout.find().root()).elasticsearchConfig());
    }

    /// Starts an Elasticsearch on a free port, without index templates.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @return the running station
    public static Elasticsearch start(Path folder) {
        return started(in(folder, 0));
    }

    /// Starts an Elasticsearch on a free port, without index templates and without the settings of
    /// the manifests.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param settings of the node, in Elasticsearch's names
    /// @return the running station
    public static Elasticsearch start(Path folder, Map<String, String> settings) {
        return started(new Elasticsearch(folder, 0, settings));
    }

    /// Creates or replaces index templates.
    ///
    /// @throws StationFailure with the name of the template and the answer of Elasticsearch
    public void putTemplates(Collection<IndexTemplate> templates) {
        for (IndexTemplate template : templates) {
            String failed = "Index template " + template.name() + " is refused: ";
            try {
                HttpResponse<String> answer = http.send(http.request("/_index_template/" + template.name(), PATIENCE)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(template.body())));
                if (answer.statusCode() != 200) {
                    throw new StationFailure(failed + answer.body());
                }
            } catch (UncheckedIOException failure) {
                throw new StationFailure(failed + failure.getCause(), failure);
            }
        }
    }

    /// {@return the URL for clients}
    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    Launch launch() {
        List<String> arguments = new ArrayList<>(
                List.of(folder.path().toString(), Integer.toString(port), Integer.toString(transportPort)));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        return java("tools/testkit/elasticsearch/target", "dev.rowcast.testkit.elasticsearch.Server", arguments);
    }

    /// After a start on existing data, shards are recovered one by one; until then their reads and
    /// writes fail.
    @Override
    boolean isReady() {
        return http.answers("/_cluster/health?wait_for_status=yellow&timeout=1s", Duration.ofSeconds(5));
    }
}
