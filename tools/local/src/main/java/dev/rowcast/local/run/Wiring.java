package dev.rowcast.local.run;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.knative.source.Dispatcher;
import java.util.Map;

/// What a run puts between its parts, where chaos wants to stand; nothing by itself.
public interface Wiring {

    /// Parts that are joined as the manifests say.
    Wiring NONE = new Wiring() {};

    /// Values in place of those that the manifests or the run give to variables of the functions, such as the address
    /// of a store.
    ///
    /// @param stations whose ports are known; they run
    default Map<String, String> environment(Stations stations) {
        return Map.of();
    }

    /// How a source retries.
    ///
    /// @param manifest how its manifest says it
    default RetryPolicy retries(RetryPolicy manifest) {
        return manifest;
    }

    /// Whom a source delivers to.
    ///
    /// @param source its name
    /// @param function whom its manifest names
    default EventSubscriber before(String source, EventSubscriber function) {
        return function;
    }

    /// Records under way below which a source polls; asked whenever its dispatcher is made.
    default int inFlight() {
        return Dispatcher.IN_FLIGHT;
    }
}
