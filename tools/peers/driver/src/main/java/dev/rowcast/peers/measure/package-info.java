/// The measurements: the source table and a result table come in, and latencies, verdicts and figures go out.
package dev.rowcast.peers.measure;
