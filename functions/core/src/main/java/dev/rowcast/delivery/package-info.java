/// The last step of a row's path: items that arrive one by one go to their store in
/// [batches][dev.rowcast.delivery.NaturalBatch],
/// and each comes back with its own [Outcome][dev.rowcast.delivery.Outcome], which the caller turns into an answer.
package dev.rowcast.delivery;
