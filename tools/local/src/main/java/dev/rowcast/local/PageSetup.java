package dev.rowcast.local;

import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.load.LoadSwitch;
import dev.rowcast.local.page.LivePage;
import dev.rowcast.local.page.feed.PageFeed;
import dev.rowcast.local.page.feed.PathNames;
import dev.rowcast.local.page.feed.StationQueries;
import dev.rowcast.local.page.station.CapturedTopic;
import dev.rowcast.local.page.station.IndexCounts;
import dev.rowcast.local.page.station.PageQueries;
import dev.rowcast.local.page.station.TopicCounts;
import dev.rowcast.local.run.ActionPlan;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connects the live page to a running system.
public final class PageSetup {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private PageSetup() {}

    /// Serves the page until the system is closed, without load until a person requests it.
    ///
    /// @param settings have the port
    /// @param progress receives a line when another program uses that port
    /// @return the page's address
    public static URI show(LocalSystem system, RunSettings settings, ProgressLog progress) {
        return show(
                system,
                settings,
                system.with(new LoadSwitch(
                        Optional.empty(),
                        loadTables(system),
                        system.stations().postgres().jdbcUrl("app"),
                        progress::line)),
                progress);
    }

    /// Serves the page until the system is closed.
    ///
    /// @param settings have the port
    /// @param load     can be paused at the page
    /// @param progress receives a line when another program uses that port, and for what a person does
    /// @return the page's address
    public static URI show(LocalSystem system, RunSettings settings, LoadSwitch load, ProgressLog progress) {
        int port = Stations.port("the live page", settings.ports().page(), progress);
        List<PathNames> names =
                system.tables().stream().map(table -> names(system, table)).toList();
        List<PageFeed> feeds = new ArrayList<>();
        for (int table = 0; table < names.size(); table++) {
            feeds.add(feed(system, names.get(table), system.tables().get(table)));
        }
        try {
            return system.with(LivePage.start(feeds, PageViews.of(system, names, load, progress::line), port))
                    .address();
        } catch (IOException taken) {
            throw new StationFailure("The live page cannot listen on port " + port + ": " + taken.getMessage(), taken);
        }
    }

    /// The tables that load can change.
    static List<LoadSwitch.Table> loadTables(LocalSystem system) {
        return system.tables().stream()
                .map(table -> new LoadSwitch.Table(table.contract(), table.model()))
                .toList();
    }

    private static PageFeed feed(LocalSystem system, PathNames names, TablePlan table) {
        return system.with(PageFeed.start(names, queries(system, names, table), INTERVAL));
    }

    private static StationQueries queries(LocalSystem system, PathNames names, TablePlan table) {
        ModelContract contract = table.contract();
        Stations stations = system.stations();
        String kafka = stations.kafka().address();
        String database = stations.postgres().jdbcUrl("app");
        return new StationQueries(
                system.with(new CapturedTopic(kafka, names.capturedTopic(), contract)),
                system.with(PageQueries.tableCounts(
                        database, contract, table.action().map(PageViews::cases))),
                system.with(new TopicCounts(kafka, names.topics())),
                new IndexCounts(URI.create(stations.elasticsearch().address()), names.indices()),
                system.with(PageQueries.shifts(database, contract)),
                system.with(PageQueries.problems(database)),
                () -> system.functions().stream()
                        .map(system.activators()::get)
                        .map(Activator::status)
                        .toList(),
                () -> sources(system.dispatchers()),
                () -> running(stations));
    }

    private static Map<String, StationQueries.Source> sources(List<Dispatcher> dispatchers) {
        Map<String, StationQueries.Source> sources = new LinkedHashMap<>();
        dispatchers.forEach(dispatcher -> sources.put(
                dispatcher.plan().name(), new StationQueries.Source(dispatcher.counts(), dispatcher.lag())));
        return sources;
    }

    private static Map<String, Boolean> running(Stations stations) {
        Map<String, Boolean> running = new LinkedHashMap<>();
        stations.all().forEach(station -> running.put(station.name(), station.running()));
        return running;
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
                table.action().map(PageSetup::action),
                contract.model().version(),
                threshold(contract.output()),
                unit(contract.output()));
    }

    private static PathNames.Action action(ActionPlan action) {
        return new PathNames.Action(
                new PathNames.Function(
                        action.source().service(), action.source().name()),
                action.table(),
                action.eventTopic(),
                action.caseIndex());
    }

    private static Optional<Double> threshold(Output output) {
        return output instanceof Output.Binary binary ? Optional.of(binary.threshold()) : Optional.empty();
    }

    private static Optional<String> unit(Output output) {
        return output instanceof Output.Regression regression ? regression.unit() : Optional.empty();
    }
}
