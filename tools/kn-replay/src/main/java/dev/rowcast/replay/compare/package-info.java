/// `kn replay compare`: in come the changes of a topic and two models, each change is scored by both, out goes how they
/// differ: flips, distributions, PSI, the customers whose score changes most.
package dev.rowcast.replay.compare;
