/// The last step of an event's path: items that arrive one by one are gathered in
/// [batches][dev.rowcast.delivery.NaturalBatch] and stored [newest first][dev.rowcast.delivery.GuardedBatch], in as few
/// [requests][dev.rowcast.delivery.SplitOnFault] as the store accepts; each item returns with its own
/// [Outcome][dev.rowcast.outcome.Outcome].
package dev.rowcast.delivery;
