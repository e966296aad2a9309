package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;

/// Carries an outcome other than success through the framework to its HTTP answer. The only exception that
/// a function throws on purpose. It has no stack trace, because the program has no fault.
public final class DeliveryFailure extends RuntimeException {

    private final transient Outcome outcome;

    /// The event can never be handled.
    public DeliveryFailure(Rejected rejected) {
        this(rejected, rejected.reason().code() + ": " + rejected.message());
    }

    /// The event may be handled later.
    public DeliveryFailure(Unavailable unavailable) {
        this(unavailable, unavailable.message());
    }

    private DeliveryFailure(Outcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    /// The outcome to answer.
    public Outcome outcome() {
        return outcome;
    }
}
