package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.DataFolder;
import dev.rowcast.testkit.manifest.IndexTemplate;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.JavaProgram;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
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
    private static final String MAIN_CLASS = "dev.rowcast.testkit.elasticsearch.Server";
    private static final String TARGET = "tools/testkit/elasticsearch/target";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final DataFolder folder;
    private final int httpPort;
    private final int transportPort;
    private final Map<String, String> settings;
    private final Checkout checkout;

    private Elasticsearch(DataFolder folder, int port, Map<String, String> settings, Checkout checkout) {
        super("Elasticsearch");
        this.folder = folder;
        this.httpPort = Port.choose(port);
        this.transportPort = Port.choose(0);
        this.settings = Map.copyOf(settings);
        this.checkout = checkout;
    }

    /// An Elasticsearch that is not started yet, with the settings of a node that the manifests name.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @param port its HTTP port, or 0 for any free one, which it then keeps
    /// @return the station
    public static Elasticsearch in(Path folder, int port) {
        Checkout checkout = Checkout.find();
        return in(folder, port, Manifests.read(checkout.root()).elasticsearchConfig(), checkout);
    }

    private static Elasticsearch in(Path folder, int port, Map<String, String> settings, Checkout checkout) {
        return new Elasticsearch(DataFolder.open(folder), port, settings, checkout);
    }

    /// An Elasticsearch on a free port, started, without index templates.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @return the running station
    public static Elasticsearch start(Path folder) {
        return started(in(folder, 0));
    }

    /// An Elasticsearch on a free port, started, without index templates, and with other settings than the manifests
    /// name.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @param settings of the node, in Elasticsearch's names
    /// @return the running station
    public static Elasticsearch start(Path folder, Map<String, String> settings) {
        return started(in(folder, 0, settings, Checkout.find()));
    }

    private static Elasticsearch started(Elasticsearch elasticsearch) {
        try {
            elasticsearch.start();
            return elasticsearch;
        } catch (StationFailure failure) {
            elasticsearch.close();
            throw failure;
        }
    }

    /// Installs index templates, or replaces those of the same name. Can be repeated.
    ///
    /// @throws StationFailure naming the template, with the words of Elasticsearch
    public void putTemplates(Collection<IndexTemplate> templates) {
        templates.forEach(this::putTemplate);
    }

    private void putTemplate(IndexTemplate template) {
        HttpRequest request = to("/_index_template/" + template.name(), PATIENCE)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(template.body()))
                .build();
        String refused = "Index template " + template.name() + " is not taken: ";
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StationFailure(refused + answer.body());
            }
        } catch (IOException failure) {
            throw new StationFailure(refused + failure, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure(refused + "interrupted", interrupted);
        }
    }

    /// {@return the HTTP port on 127.0.0.1}
    public int httpPort() {
        return httpPort;
    }

    /// {@return the URL that clients use}
    @Override
    public String address() {
        return "http://127.0.0.1:" + httpPort;
    }

    @Override
    public Path log() {
        return folder.resolve("elasticsearch.log");
    }

    @Override
    Launch launch() {
        return Launch.of(name(), command(), folder.path(), log());
    }

    private List<String> command() {
        List<String> arguments = new ArrayList<>(
                List.of(folder.path().toString(), Integer.toString(httpPort), Integer.toString(transportPort)));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        return JavaProgram.builtIn(checkout.resolve(TARGET), MAIN_CLASS)
                .command(checkout.cache(), "elasticsearch", arguments);
    }

    /// After a start on old data its shards come back one by one; before that it refuses to read and write them.
    @Override
    boolean answers() {
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
    Signal goodbye() {
        return Signal.TERM;
    }

    @Override
    void release() {
        client.shutdownNow();
        folder.close();
    }
}
