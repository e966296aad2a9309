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
import dev.rowcast.local.run.TablePlan;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connects the live page to a running system.
public final class PageSetup {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private PageSetup() {}

    /// Serves the page until the system is closed.
    ///
    /// @param settings have the port
    /// @param progress receives a line when another program uses that port
    /// @return the page's address
    public static URI show(LocalSystem system, RunSettings settings, ProgressLog progress) {
        int port = Stations.port("the live page", settings.ports().page(), progress);
        List<PageFeed> feeds =
                system.tables().stream().map(table -> feed(system, table)).toList();
        try {
            return system.with(LivePage.start(feeds, port)).address();
        } catch (IOException taken) {
            throw new StationFailure("The live page cannot listen on port " + port + ": " + taken.getMessage(), taken);
        }
    }

    private static PageFeed feed(LocalSystem system, TablePlan table) {
        PathNames names = names(system, table);
        return system.with(PageFeed.start(names, queries(system, names, table.contract()), INTERVAL));
    }

    private static StationQueries queries(LocalSystem system, PathNames names, ModelContract contract) {
        Stations stations = system.stations();
        String kafka = stations.kafka().address();
        String database = stations.postgres().jdbcUrl("app");
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

    private static PathNames names(LocalSystem system, TablePlan table) {
        ModelContract contract = table.contract();
        return new PathNames(
                table.title(),
                contract.source().table(),
                contract.captured().table(),
                table.sourceTopic(),
                table.capturedTopic(),
                system.manifests().deadLetterTopic(table.predictor()),
                table.sourceIndex(),
                table.capturedIndex(),
                new PathNames.Function(
                        table.predictor().service(), table.predictor().name()),
                new PathNames.Function(
                        table.indexer().service(), table.indexer().name()),
                contract.model().version(),
                threshold(contract.output()),
                unit(contract.output()));
    }

    private static Optional<Double> threshold(Output output) {
        return output instanceof Output.Binary binary ? Optional.of(binary.threshold()) : Optional.empty();
    }

    private static Optional<String> unit(Output output) {
        return output instanceof Output.Regression regression ? regression.unit() : Optional.empty();
    }
}
