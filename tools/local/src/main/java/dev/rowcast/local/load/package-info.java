/// Load: the model's contract comes in, and inserts, updates and deletes of the source table go
/// out in bursts.
///
/// The same seed gives the same changes. Between two bursts there is a pause, so that the functions can
/// scale to zero.
package dev.rowcast.local.load;
