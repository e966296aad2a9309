package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.IndexTemplate;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A real Elasticsearch of one node on 127.0.0.1, without security.
public final class Elasticsearch extends Station {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int transportPort = Port.choose(0);
    private final Map<String, String> settings;

    private Elasticsearch(Path folder, int port, Map<String, String> settings) {
        super("Elasticsearch", "elasticsearch", folder, port);
        this.settings = Map.copyOf(settings);
    }

    /// Creates an Elasticsearch with the node settings of the manifests, without starting it.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param port its HTTP port, or 0 for any free port; it keeps the port
    /// @return the station
    public static Elasticsearch in(Path folder, int port) {
        Path root = Checkout.find().root();
        return new Elasticsearch(folder, port, Manifests.read(root).elasticsearchConfig());
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
        templates.forEach(this::putTemplate);
    }

    private void putTemplate(IndexTemplate template) {
        HttpRequest request = to("/_index_template/" + template.name(), PATIENCE)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(template.body()))
                .build();
        String failed = "Index template " + template.name() + " is refused: ";
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StationFailure(failed + answer.body());
            }
        } catch (IOException failure) {
            throw new StationFailure(failed + failure, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure(failed + "interrupted", interrupted);
        }
    }

    /// {@return the HTTP port on 127.0.0.1}
    public int httpPort() {
        return port;
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
        HttpRequest request = to("/_cluster/health?wait_for_status=yellow&timeout=1s", Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("The start of Elasticsearch was interrupted", interrupted);
        }
    }

    private HttpRequest.Builder to(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(timeout);
    }

    @Override
    void release() {
        client.shutdownNow();
    }
}
