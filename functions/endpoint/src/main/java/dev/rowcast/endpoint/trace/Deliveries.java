package dev.rowcast.endpoint.trace;

import dev.rowcast.endpoint.settings.TraceSettings;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Begins the deliveries of a function. Without `rowcast.trace.endpoint` none of them is traced, and
/// nothing of a trace is created.
@Singleton
public class Deliveries {

    /// After the graceful stop, which has the default priority.
    private static final int LAST = Interceptor.Priority.LIBRARY_AFTER;

    private final Optional<SpanExporter> exporter;

    Deliveries(
            TraceSettings settings, Vertx vertx, @ConfigProperty(name = "quarkus.application.name") String function) {
        this.exporter = settings.endpoint().map(endpoint -> SpanExporter.start(vertx, endpoint, function));
    }

    /// Begins the delivery of an event.
    public Delivery begin(CloudEvent<byte[]> event) {
        String id = Objects.requireNonNullElse(event.id(), "");
        if (exporter.isEmpty()) {
            return Delivery.untraced(id);
        }
        Optional<TraceParent> given = TraceParent.of(event.extensions());
        return new Delivery(
                id,
                given.isPresent() && !given.get().sampled()
                        ? Optional.empty()
                        : Optional.of(new DeliveryTrace(given, exporter.get()::add)));
    }

    /// Runs after the last event was answered, and before Vert.x closes its clients.
    void onStop(@Observes @Priority(LAST) ShutdownDelayInitiatedEvent stopping) {
        exporter.ifPresent(SpanExporter::close);
    }
}
