package dev.rowcast.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.load.LoadSwitch;
import dev.rowcast.local.load.SourceRows;
import dev.rowcast.local.page.action.FaultyEvents;
import dev.rowcast.local.page.action.Processes;
import dev.rowcast.local.page.action.RowActions;
import dev.rowcast.local.page.action.WhatIf;
import dev.rowcast.local.page.api.ApiHandler;
import dev.rowcast.local.page.api.ApiRefusal;
import dev.rowcast.local.page.api.PageApi;
import dev.rowcast.local.page.feed.PathNames;
import dev.rowcast.local.page.letter.DeadLetters;
import dev.rowcast.local.page.letter.LetterBytes;
import dev.rowcast.local.page.letter.ReplayProgram;
import dev.rowcast.local.page.model.Meter;
import dev.rowcast.local.page.model.ModelView;
import dev.rowcast.local.page.row.RowPlaces;
import dev.rowcast.local.page.row.RowView;
import dev.rowcast.local.page.station.QualifiedTable;
import dev.rowcast.local.run.ActionPlan;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.Stations;
import dev.rowcast.local.run.TablePlan;
import dev.rowcast.testkit.folder.Checkout;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Connects the views of the live page to a running system.
final class PageViews {

    /// The views of one table.
    private record Views(
            DeadLetters letters, RowView row, RowActions rows, WhatIf whatIf, FaultyEvents faults, ModelView model) {}

    private final LocalSystem system;
    private final List<Views> tables = new ArrayList<>();

    private PageViews(LocalSystem system) {
        this.system = system;
    }

    /// @param names of each table, in the order of the system
    /// @param log   receives a line for what a person does to a process
    static PageApi of(LocalSystem system, List<PathNames> names, LoadSwitch load, Consumer<String> log) {
        PageViews views = new PageViews(system);
        for (int table = 0; table < names.size(); table++) {
            views.tables.add(views.views(names.get(table), system.tables().get(table)));
        }
        Processes processes =
                new Processes(system.activators(), system.stations().all(), log);
        Meter meter =
                system.with(new Meter(system.activators(), system.stations().all()));
        return new PageApi(
                Map.of(
                        "row", views.ofTable(view -> request -> view.row().read(request.text("key"))),
                        "dead-letters",
                                views.ofTable(view -> _ -> view.letters().list()),
                        "dead-letter",
                                views.ofTable(view -> request -> view.letters().show(request)),
                        "form", views.ofTable(view -> _ -> view.rows().form()),
                        "model", views.ofTable(view -> _ -> view.model().read()),
                        "meter", _ -> meter.read(),
                        "load", _ -> state(load)),
                Map.of(
                        "replay",
                        views.ofTable(view -> request -> view.letters().send(request)),
                        "change",
                        views.ofTable(view -> request -> view.rows().change(request)),
                        "what-if",
                        views.ofTable(view -> request -> view.whatIf().score(request)),
                        "faulty-event",
                        views.ofTable(view -> request -> view.faults().send(request)),
                        "burst",
                        request -> burst(load, request.table(views.tables.size())),
                        "load",
                        request -> pause(load, request.text("do")),
                        "kill",
                        processes::kill,
                        "station",
                        processes::station));
    }

    private Views views(PathNames names, TablePlan table) {
        Stations stations = system.stations();
        String kafka = stations.kafka().address();
        String database = stations.postgres().jdbcUrl("app");
        SourceRows rows = new SourceRows(table.contract(), database);
        return new Views(
                new DeadLetters(
                        new ReplayProgram(Checkout.find().resolve("tools/kn-replay/kn-replay"), system.addresses()),
                        names.deadLetterTopic(),
                        new LetterBytes(kafka)),
                new RowView(new RowPlaces(
                        names,
                        table.contract(),
                        table.action().map(PageViews::cases),
                        database,
                        kafka,
                        URI.create(stations.elasticsearch().address()))),
                new RowActions(rows),
                system.with(new WhatIf(table.model())),
                new FaultyEvents(rows, kafka, names.sourceTopic()),
                new ModelView(table.contract(), table.model()));
    }

    private ApiHandler ofTable(Function<Views, ApiHandler> handler) {
        return request ->
                handler.apply(tables.get(request.table(tables.size()))).answer(request);
    }

    /// The table of the cases of an action.
    static QualifiedTable cases(ActionPlan action) {
        return new QualifiedTable(action.schema(), action.table());
    }

    private static JsonNode state(LoadSwitch load) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        return state.put("paused", load.isPaused())
                .put("changes", load.amount().changesInBurst())
                .put("seconds", load.amount().burst().toMillis() / 1e3)
                .put("pause", load.amount().pause().toMillis() / 1e3);
    }

    private static JsonNode burst(LoadSwitch load, int table) {
        return JsonNodeFactory.instance.objectNode().put("changes", load.burst(table));
    }

    private static JsonNode pause(LoadSwitch load, String wish) {
        switch (wish) {
            case "pause" -> load.setPaused(true);
            case "continue" -> load.setPaused(false);
            default -> throw ApiRefusal.wrong("the load can pause and continue, not " + wish);
        }
        return state(load);
    }
}
