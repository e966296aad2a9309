package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.delivery.Ledger;
import dev.rowcast.proof.chaos.fight.FightSums;

/// What has happened in a lab since it was opened, or since an earlier moment.
///
/// @param delivered what the functions took
/// @param fights what the clients that fight did
/// @param races changes whose LSN was lower than that of the change of their key that was committed before them
/// @param coldStarts processes of functions that were started
/// @param kills processes that were killed
record LabSums(Ledger.Sums delivered, FightSums fights, long races, long coldStarts, long kills) {

    /// What happened after `earlier`.
    LabSums since(LabSums earlier) {
        return new LabSums(
                delivered.since(earlier.delivered),
                fights.since(earlier.fights),
                races - earlier.races,
                coldStarts - earlier.coldStarts,
                kills - earlier.kills);
    }
}
