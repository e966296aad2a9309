package dev.rowcast.local.station;

import dev.rowcast.local.folder.Checkout;
import dev.rowcast.local.folder.DataFolder;
import dev.rowcast.local.manifest.IndexTemplate;
import dev.rowcast.local.process.Launch;
import dev.rowcast.local.process.Port;
import dev.rowcast.local.process.Signal;
import dev.rowcast.local.process.StationFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A real Elasticsearch of one node on 127.0.0.1, without security.
public final class Elasticsearch extends Station {
    private static final String MAIN_CLASS = "dev.rowcast.local.elasticsearch.Server";
    private static final Path PROGRAM = Path.of("functions/local/elasticsearch/target");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final DataFolder folder;
    private final int httpPort;
    private final int transportPort;
    private final Checkout checkout;

    private Elasticsearch(DataFolder folder, int port, Checkout checkout) {
        super("Elasticsearch");
        this.folder = folder;
        this.httpPort = Port.choose(port);
        this.transportPort = Port.choose(0);
        this.checkout = checkout;
    }

    /// An Elasticsearch that is not started yet.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @param port its HTTP port, or 0 for any free one, which it then keeps
    /// @return the station
    public static Elasticsearch in(Path folder, int port) {
        return new Elasticsearch(DataFolder.open(folder), port, Checkout.find());
    }

    /// An Elasticsearch on a free port, started, without index templates.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @return the running station
    public static Elasticsearch start(Path folder) {
        Elasticsearch elasticsearch = in(folder, 0);
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
        Path program = checkout.resolve(PROGRAM.toString());
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(Files.readAllLines(program.resolve("jvm.flags")));
            // Loading the classes is most of a start; the archive of them is made at the end of the first run.
            command.add("-XX:+AutoCreateSharedArchive");
            command.add("-XX:SharedArchiveFile=" + checkout.cache().resolve("elasticsearch.jsa"));
            command.add("-Xlog:disable");
            command.addAll(List.of(
                    "-cp", Files.readString(program.resolve("classpath")).strip()));
            command.addAll(List.of(MAIN_CLASS, folder.path().toString()));
            command.addAll(List.of(Integer.toString(httpPort), Integer.toString(transportPort)));
            return command;
        } catch (IOException missing) {
            throw new StationFailure(
                    "Elasticsearch is not built (mvn -DskipTests package makes it): " + missing.getMessage(), missing);
        }
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
