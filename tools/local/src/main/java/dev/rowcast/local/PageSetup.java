package dev.rowcast.local;

import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourceCounts;
import dev.rowcast.local.page.LivePage;
import dev.rowcast.local.page.feed.PageFeed;
import dev.rowcast.local.page.feed.PathNames;
import dev.rowcast.local.page.feed.StationQueries;
import dev.rowcast.local.page.station.CapturedTopic;
import dev.rowcast.local.page.station.IndexCounts;
import dev.rowcast.local.page.station.PageQueries;
import dev.rowcast.local.page.station.TopicCounts;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Connects the live page to a running system.
final class PageSetup {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private PageSetup() {}

    /// Serves the page until the system is closed.
    ///
    /// @param settings have the port
    /// @param progress receives a line when another program uses that port
    /// @return the page's address
    static URI show(LocalSystem system, RunSettings settings, ProgressLog progress) {
        int port = Stations.port("the live page", settings.ports().page(), progress);
        PathNames names = names(system.manifests(), system.contract());
        PageFeed feed = system.with(PageFeed.start(names, queries(system, names), INTERVAL));
        try {
            return system.with(LivePage.start(feed, port)).address();
        } catch (IOException taken) {
            throw new StationFailure("The live page cannot listen on port " + port + ": " + taken.getMessage(), taken);
        }
    }

    private static StationQueries queries(LocalSystem system, PathNames names) {
        Stations stations = system.stations();
        String kafka = stations.kafka().address();
        String database = stations.postgres().jdbcUrl("app");
        ModelContract contract = system.contract();
        List<String> topics = List.of(names.sourceTopic(), names.capturedTopic(), names.deadLetterTopic());
        List<String> indices = List.of(names.sourceIndex(), names.capturedIndex());
        return new StationQueries(
                system.with(new CapturedTopic(kafka, names.capturedTopic(), contract)),
                system.with(PageQueries.tableCounts(database, contract)),
                system.with(new TopicCounts(kafka, topics)),
                new IndexCounts(URI.create(stations.elasticsearch().address()), indices),
                system.with(PageQueries.shifts(database, contract)),
                system.with(PageQueries.problems(database)),
                () -> system.functions().stream()
                        .map(system.activators()::get)
                        .map(Activator::status)
                        .toList(),
                () -> counts(system.dispatchers()));
    }

    private static Map<String, SourceCounts.Snapshot> counts(List<Dispatcher> dispatchers) {
        Map<String, SourceCounts.Snapshot> counts = new LinkedHashMap<>();
        dispatchers.forEach(dispatcher -> counts.put(dispatcher.plan().name(), dispatcher.counts()));
        return counts;
    }

    private static PathNames names(Manifests manifests, ModelContract contract) {
        ModelContract.Source source = contract.source();
        ModelContract.Captured captured = contract.captured();
        String prefix = manifests.connectors().getFirst().config().get("topic.prefix") + ".";
        String sourceTopic = prefix + source.schema() + "." + source.table();
        String capturedTopic = prefix + captured.schema() + "." + captured.table();
        KafkaSourceManifest indexer = source(manifests, topics -> topics.contains(capturedTopic));
        KafkaSourceManifest predictor = source(manifests, topics -> topics.equals(List.of(sourceTopic)));
        return new PathNames(
                source.table(),
                captured.table(),
                sourceTopic,
                capturedTopic,
                manifests.deadLetterTopic(predictor),
                source.table(),
                captured.table(),
                predictor.service(),
                indexer.service(),
                contract.model().version(),
                contract.output().threshold());
    }

    private static KafkaSourceManifest source(Manifests manifests, Predicate<List<String>> topics) {
        return manifests.sources().stream()
                .filter(source -> topics.test(source.topics()))
                .findFirst()
                .orElseThrow(() -> new StationFailure("No KafkaSource reads the topics of the path"));
    }
}
