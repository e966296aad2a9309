package dev.rowcast.local.run;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.knative.source.Dispatcher;
import java.util.Map;

/// Changes to a run that chaos tests and other callers make; by default there are none.
public interface RunOverrides {

    /// No changes.
    RunOverrides NONE = new RunOverrides() {};

    /// Overrides environment variables of the functions, such as the address of a store.
    ///
    /// @param stations the running stations
    default Map<String, String> environment(Stations stations) {
        return Map.of();
    }

    /// The retry policy of a source at its function; at the dead letter sink it is always the manifest's.
    ///
    /// @param manifest the policy of its manifest
    default RetryPolicy retries(RetryPolicy manifest) {
        return manifest;
    }

    /// The subscriber of a source, such as a proxy before the function.
    ///
    /// @param source   name of the source
    /// @param function the function that its manifest names
    default EventSubscriber before(String source, EventSubscriber function) {
        return function;
    }

    /// Number of deliveries in progress below which a source polls; read when its dispatcher is created.
    default int inFlight() {
        return Dispatcher.IN_FLIGHT;
    }
}
