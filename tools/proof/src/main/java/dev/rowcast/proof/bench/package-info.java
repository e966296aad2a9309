/// `make bench`: a running system comes in, out come the figures of PERFORMANCE.md, measured in one run so that they
/// can be
/// held against each other. No test depends on them.
package dev.rowcast.proof.bench;
