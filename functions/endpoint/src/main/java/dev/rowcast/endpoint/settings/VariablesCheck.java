package dev.rowcast.endpoint.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Refuses to start with a variable `ROWCAST_…` that is no setting, before any other start-up code runs.
///
/// @param ofTheFunction the settings besides those of the interfaces that every function has
record VariablesCheck(Instance<FunctionSettings> ofTheFunction) {

    private static final int FIRST = 1;

    void onStart(@Observes @Priority(FIRST) StartupEvent started) {
        Set<String> names =
                new HashSet<>(FunctionSettings.of(DeliverySettings.class, SourceSettings.class, TraceSettings.class)
                        .names());
        Map<String, String> renamed = new HashMap<>();
        for (FunctionSettings own : ofTheFunction) {
            names.addAll(own.names());
            renamed.putAll(own.renamed());
        }
        new UnknownVariables(names, renamed).refuse(System.getenv().keySet());
    }
}
