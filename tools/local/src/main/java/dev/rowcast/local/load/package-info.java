/// Load: customers that could be real, inserted, changed and deleted in the source table in bursts.
///
/// The model's contract comes in, with the distribution of each feature; changes of the source table go out, the same
/// ones for the same seed. Between two bursts there is a pause, so that the functions can go to zero.
package dev.rowcast.local.load;
