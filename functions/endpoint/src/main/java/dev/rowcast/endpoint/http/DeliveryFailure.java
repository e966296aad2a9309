package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;

/// An outcome that is no success, on its way through the framework to its HTTP answer. The only exception that a
/// function throws on purpose. It has no stack trace: nothing went wrong in the program.
public final class DeliveryFailure extends RuntimeException {

    private final transient Outcome outcome;

    /// The event cannot be handled, however often it comes.
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

    /// The outcome to be answered.
    public Outcome outcome() {
        return outcome;
    }
}
