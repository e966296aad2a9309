/// Figures of a benchmark: processes come in, CPU time and memory of each go out, and a table of the figures that
/// have a goal.
package dev.rowcast.proof.bench.figure;
