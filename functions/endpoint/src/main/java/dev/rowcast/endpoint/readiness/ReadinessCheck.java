package dev.rowcast.endpoint.readiness;

import dev.rowcast.endpoint.memory.EventsInFlight;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Shows each precondition by name at `/q/health/ready`, and why it does not hold.
@Readiness
@Singleton
record ReadinessCheck(Preconditions preconditions, EventsInFlight events) implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("preconditions");
        boolean ready = !events.isClosed();
        for (Precondition precondition : preconditions.all()) {
            ready &= precondition.problem().isEmpty() || !precondition.isRequired();
            response.withData(precondition.name(), precondition.problem().orElse("holds"));
        }
        if (events.isClosed()) {
            response.withData("stopping", "takes no more events");
        }
        return response.status(ready).build();
    }
}
