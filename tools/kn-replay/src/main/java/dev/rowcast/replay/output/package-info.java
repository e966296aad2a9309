/// Writes for operators and scripts: receives documents and tables, and writes text to the standard output;
/// progress goes to the error stream.
package dev.rowcast.replay.output;
