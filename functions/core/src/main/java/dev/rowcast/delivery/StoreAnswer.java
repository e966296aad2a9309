package dev.rowcast.delivery;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;
import java.util.List;

/// The answer of a store to the items of one request.
public sealed interface StoreAnswer {

    /// Each item has its own outcome.
    ///
    /// @param outcomes in the order of the items
    record Each(List<Outcome> outcomes) implements StoreAnswer {

        /// Copies the list.
        public Each {
            outcomes = List.copyOf(outcomes);
        }
    }

    /// The store refused the request because of one item; the others can be stored without it.
    ///
    /// @param rejected the outcome of that item if it is sent alone
    record OneAtFault(Rejected rejected) implements StoreAnswer {}

    /// The store accepts no items now.
    ///
    /// @param unavailable the outcome of every item
    record NoneTaken(Unavailable unavailable) implements StoreAnswer {}
}
