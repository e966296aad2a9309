package dev.rowcast.endpoint.trace;

import dev.rowcast.change.Change;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.recording.EventTrace;
import dev.rowcast.recording.TracedSteps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/// One delivery of an event, from its arrival at the function to its outcome. At its end it writes a
/// line to the log, at level `DEBUG`, and its spans if it is traced.
public final class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    private final String event;
    private final Optional<DeliveryTrace> trace;
    private volatile Optional<Subject> subject = Optional.empty();

    Delivery(String event, Optional<DeliveryTrace> trace) {
        this.event = event;
        this.trace = trace;
    }

    /// A delivery that is not traced.
    ///
    /// @param event id of the CloudEvent
    public static Delivery untraced(String event) {
        return new Delivery(event, Optional.empty());
    }

    /// Runs the steps before the batch.
    public <T> Step<T> decode(Supplier<Step<T>> steps) {
        if (trace.isEmpty()) {
            return steps.get();
        }
        long began = System.nanoTime();
        Step<T> result = steps.get();
        trace.get().step("decode", began, System.nanoTime(), 1);
        return result;
    }

    /// Notes the change of the event.
    ///
    /// @return the change, for the next step
    public Step<Change> of(Change change) {
        subject = Optional.of(Subject.of(change));
        return Step.next(change);
    }

    /// Notes what the event is about.
    public void of(Key key, Position position) {
        subject = Optional.of(Subject.of(key, position));
    }

    /// Submits the event to its batch, whose steps are then steps of this delivery.
    public <T> T within(Supplier<T> submit) {
        return TracedSteps.of(trace.<List<EventTrace>>map(List::of).orElse(List.of()), submit);
    }

    /// Ends the delivery.
    public void ended(Outcome outcome) {
        switch (outcome) {
            case Stored _ -> end("stored", Optional.empty(), "");
            case Skipped(String reason) -> end("skipped", Optional.empty(), reason);
            case Rejected rejected ->
                end(
                        "rejected",
                        Optional.of(rejected.message()),
                        rejected.reason().code() + ": " + rejected.message());
            case Unavailable unavailable ->
                end("unavailable", Optional.of(unavailable.message()), unavailable.message());
        }
    }

    /// Ends the delivery after a fault of the program, which the endpoint logs.
    public void failed(Throwable fault) {
        trace.ifPresent(traced -> traced.end(subject, Optional.of(fault.toString()), fields("fault")));
    }

    private void end(String outcome, Optional<String> error, String why) {
        if (trace.isEmpty() && !LOG.isDebugEnabled()) {
            return;
        }
        Map<String, String> fields = fields(outcome);
        log(fields, why.isEmpty() ? outcome : outcome + ", " + why);
        trace.ifPresent(traced -> traced.end(subject, error, fields));
    }

    /// The fields of the line are fields of JSON, too, with `quarkus.log.console.json.enabled`.
    private void log(Map<String, String> fields, String what) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        fields.forEach(MDC::put);
        try {
            LOG.debugf(
                    "%s%s: %s",
                    event,
                    subject.map(known -> ", key " + known.key() + ", position " + Subject.text(known.position()))
                            .orElse(""),
                    what);
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private Map<String, String> fields(String outcome) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event", event);
        subject.ifPresent(known -> {
            fields.put("key", known.key());
            fields.put("position", Subject.text(known.position()));
        });
        fields.put("outcome", outcome);
        return fields;
    }
}
