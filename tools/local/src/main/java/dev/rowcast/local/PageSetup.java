package dev.rowcast.local;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;

import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourceCounts;
import dev.rowcast.local.page.LivePage;
import dev.rowcast.local.page.station.CapturedTopic;
import dev.rowcast.local.page.station.IndexCounts;
import dev.rowcast.local.page.station.LiveShifts;
import dev.rowcast.local.page.station.PathProblems;
import dev.rowcast.local.page.station.PageQueries;
import dev.rowcast.local.page.station.TopicCounts;
import dev.rowcast.local.page.feed.FunctionState;
import dev.rowcast.local.page.feed.StationQueries;
import dev.rowcast.local.page.feed.PathNames;
import dev.rowcast.local.page.feed.SourceState;
import dev.rowcast.local.page.feed.PageFeed;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.manifest.KafkaSourceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// Shows a running system on its live page.
public final class PageSetup {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private PageSetup() {}

    /// Serves the page until the system is closed.
    ///
    /// @param settings say where it listens
    /// @param progress takes a line when that port is taken
    /// @return where a browser finds it
    public static URI show(LocalSystem system, RunSettings settings, ProgressLog progress) {
        int port = Stations.port("the live page", settings.ports().page(), progress);
        PathNames names = names(system.manifests(), system.contract());
        Stations stations = system.stations();
        String kafka = stations.kafka().address();
        ModelContract contract = system.contract();
        StationQueries inputs = new StationQueries(
                system.with(new CapturedTopic(kafka, names.capturedTopic(), contract)),
                system.with(new PageQueries(stations.postgres().jdbcUrl("app"), contract)),
                system.with(new TopicCounts(
                        kafka, List.of(names.sourceTopic(), names.capturedTopic(), names.deadLetterTopic()))),
                system.with(new IndexCounts(
                        URI.create(stations.elasticsearch().address()),
                        List.of(names.sourceIndex(), names.capturedIndex()))),
                system.with(new LiveShifts(stations.postgres().jdbcUrl("app"), contract)),
                system.with(new PathProblems(stations.postgres().jdbcUrl("app"))),
                () -> system.functions().stream()
                        .map(name -> state(system.activators().get(name).status()))
                        .toList(),
                () -> system.dispatchers().stream().map(PageSetup::state).toList());
        try {
            return system.with(LivePage.start(system.with(PageFeed.start(names, inputs, INTERVAL)), port))
                    .address();
        } catch (IOException taken) {
            throw new StationFailure("The live page cannot listen on port " + port + ": " + taken.getMessage(), taken);
        }
    }

    private static FunctionState state(FunctionStatus status) {
        return new FunctionState(status.name(), status.state(), status.coldStarts(), status.active(), status.waiting());
    }

    private static SourceState state(Dispatcher dispatcher) {
        SourceCounts.Snapshot counts = dispatcher.counts();
        return new SourceState(dispatcher.plan().name(), counts.delivered(), counts.retried(), counts.deadLettered());
    }

    private static PathNames names(Manifests manifests, ModelContract contract) {
        String prefix = manifests.connectors().getFirst().config().get("topic.prefix") + ".";
        String sourceTopic =
                prefix + contract.source().schema() + "." + contract.source().table();
        String capturedTopic = prefix + contract.captured().schema() + "."
                + contract.captured().table();
        KafkaSourceManifest indexer = source(manifests, topics -> topics.contains(capturedTopic));
        KafkaSourceManifest predictor = source(manifests, topics -> topics.equals(List.of(sourceTopic)));
        return new PathNames(
                contract.source().table(),
                contract.captured().table(),
                sourceTopic,
                capturedTopic,
                manifests.deadLetterTopic(predictor),
                contract.source().table(),
                contract.captured().table(),
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
