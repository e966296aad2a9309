package dev.rowcast.change.debezium;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;

/// Carries a [Rejected] to [ChangeDecoder#decode], which returns it. It never leaves this package and
/// records no stack trace, because a rejection is a result and not a failure.
final class Rejection extends Exception {

    private final transient Rejected rejected;

    Rejection(Reason reason, String message) {
        this(new Rejected(reason, message));
    }

    Rejection(Rejected rejected) {
        super(rejected.message(), null, false, false);
        this.rejected = rejected;
    }

    Rejected rejected() {
        return rejected;
    }
}
