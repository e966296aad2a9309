/// The last step of a row's path: items that arrive one by one go to their store in
/// [batches][dev.rowcast.delivery.NaturalBatch], of each place in the store the
/// [newest first][dev.rowcast.delivery.LatestPerKey], [together][dev.rowcast.delivery.SplitOnFault] as far as the store
/// takes
/// them so; and each comes back with its own [Outcome][dev.rowcast.outcome.Outcome], which the caller turns into an
/// answer.
package dev.rowcast.delivery;
