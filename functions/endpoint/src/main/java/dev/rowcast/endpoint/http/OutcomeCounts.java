package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// Counts the outcomes of deliveries: metric `rowcast_outcomes_total`, by `outcome` and,
/// if rejected, `reason`.
@Singleton
class OutcomeCounts {

    private static final String METRIC = "rowcast.outcomes";
    private static final String NO_REASON = "none";

    private final MeterRegistry registry;

    OutcomeCounts(MeterRegistry registry) {
        this.registry = registry;
    }

    void add(Outcome outcome) {
        switch (outcome) {
            case Stored _ -> add("stored", NO_REASON);
            case Skipped _ -> add("skipped", NO_REASON);
            case Rejected rejected -> add("rejected", rejected.reason().code());
            case Unavailable _ -> add("unavailable", NO_REASON);
        }
    }

    private void add(String outcome, String reason) {
        registry.counter(METRIC, "outcome", outcome, "reason", reason).increment();
    }
}
