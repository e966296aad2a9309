/// The last step of an event's path: receives single items, gathers them in
/// [batches][dev.rowcast.delivery.NaturalBatch], stores the [newest of each
/// key][dev.rowcast.delivery.GuardedBatch] in as few [requests][dev.rowcast.delivery.SplitOnFault] as
/// possible, and returns one [Outcome][dev.rowcast.outcome.Outcome] for each item.
package dev.rowcast.delivery;
