/// `make bench`: a running system comes in, and the figures of PERFORMANCE.md go out, measured in one run
/// so that they are comparable. No test depends on them.
package dev.rowcast.proof.bench;
