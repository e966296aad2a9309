package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.delivery.DeliveryLog;
import dev.rowcast.proof.chaos.fight.FightCounts;

/// What has happened in a lab since it was opened, or since an earlier moment.
///
/// @param delivered what the functions took
/// @param fights what the clients that fight did
/// @param races changes whose LSN was lower than that of the change of their key that was committed before them
/// @param coldStarts processes of functions that were started
/// @param kills processes that were killed
record RunCounts(DeliveryLog.Sums delivered, FightCounts fights, long races, long coldStarts, long kills) {

    /// What happened after `earlier`.
    RunCounts since(RunCounts earlier) {
        return new RunCounts(
                delivered.since(earlier.delivered),
                fights.since(earlier.fights),
                races - earlier.races,
                coldStarts - earlier.coldStarts,
                kills - earlier.kills);
    }
}
