/// `kn replay compare`: receives the changes of a topic and two models, scores each change with
/// both, and reports the differences: changed labels, distributions, PSI, and the rows with
/// the largest differences.
package dev.rowcast.replay.compare;
