/// What every peer does with the bytes of Debezium's events: decode, score in one run of the model, and
/// store in one guarded statement. The engine of the peer decides when, and when offsets are committed.
/// It is written for this one table, as a user of a peer would, and shares nothing with the functions.
package dev.rowcast.peer;
