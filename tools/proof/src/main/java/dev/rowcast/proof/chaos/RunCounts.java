package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.delivery.DeliveryLog;

/// Counts of a run.
///
/// @param delivered deliveries to the functions
/// @param fights transactions of the clients that fight
/// @param races changes with a lower LSN than the earlier commit of their key
/// @param coldStarts function processes that were started
/// @param kills processes that were killed
record RunCounts(DeliveryLog.Counts delivered, long fights, long races, long coldStarts, long kills) {

    /// {@return the counts since `earlier`}
    RunCounts since(RunCounts earlier) {
        return new RunCounts(
                delivered.since(earlier.delivered),
                fights - earlier.fights,
                races - earlier.races,
                coldStarts - earlier.coldStarts,
                kills - earlier.kills);
    }
}
