/// Load: the model's contract comes in, and inserts, updates and deletes of the source table go
/// out in bursts.
///
/// A seed determines the changes. A pause between two bursts lets the functions scale to zero.
package dev.rowcast.local.load;
