/// The load: a plan of changes comes in, and committed changes of the source table go out, each with the time
/// at which it was intended.
package dev.rowcast.peers.load;
