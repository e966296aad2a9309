/// `make bench-peers`: starts Rowcast and its peers one after the other on one test bed, applies the same load
/// to each, and writes the figures of docs/benchmark.md.
package dev.rowcast.peers;
