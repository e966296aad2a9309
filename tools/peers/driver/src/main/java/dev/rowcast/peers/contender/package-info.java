/// The contenders: Rowcast and its peers, each started, killed and measured as one process with its
/// descendants.
package dev.rowcast.peers.contender;
