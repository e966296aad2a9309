package dev.rowcast.local.page.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.page.api.ApiRefusal;
import dev.rowcast.local.page.api.ApiRequest;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.station.Station;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Ends functions, and stops and starts stations.
///
/// @param activators by the name of the function
/// @param stations   those that can be stopped
/// @param busy       names of the stations that are stopping or starting
/// @param log        receives a line when a station cannot be started
public record Processes(
        Map<String, Activator> activators, List<Station> stations, Set<String> busy, Consumer<String> log) {

    /// @param stations those that can be stopped
    public Processes(Map<String, Activator> activators, List<Station> stations, Consumer<String> log) {
        this(activators, stations, ConcurrentHashMap.newKeySet(), log);
    }

    /// Kills the process of the function in `function`, like a crash.
    public JsonNode kill(ApiRequest request) {
        String function = request.text("function");
        Activator activator = activators.get(function);
        if (activator == null) {
            throw ApiRefusal.wrong("there is no function " + function);
        }
        long pid = activator
                .status()
                .pid()
                .orElseThrow(() -> new ApiRefusal(409, function + " is at zero: it has no process"));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        return JsonNodeFactory.instance.objectNode().put("pid", pid);
    }

    /// Stops or starts the station in `station`; returns when that has begun.
    public JsonNode station(ApiRequest request) {
        Station station = stations.stream()
                .filter(one -> one.name().equals(request.text("station")))
                .findFirst()
                .orElseThrow(() -> ApiRefusal.wrong("there is no station " + request.text("station")));
        String wish = request.text("do");
        if (!Set.of("stop", "start").contains(wish)) {
            throw ApiRefusal.wrong("a station can be stopped and started, not " + wish);
        }
        if (!busy.add(station.name())) {
            throw new ApiRefusal(409, station.name() + " is stopping or starting");
        }
        Thread.ofPlatform().daemon().name("page-" + wish).start(() -> {
            try {
                if (wish.equals("stop")) {
                    station.stop();
                } else {
                    station.start();
                }
            } catch (StationFailure failure) {
                log.accept(failure.getMessage());
            } finally {
                busy.remove(station.name());
            }
        });
        return JsonNodeFactory.instance.objectNode().put("station", station.name());
    }
}
