/// What people and scripts see: documents and tables in, text on the standard output out; progress goes to the other
/// stream.
package dev.rowcast.replay.output;
