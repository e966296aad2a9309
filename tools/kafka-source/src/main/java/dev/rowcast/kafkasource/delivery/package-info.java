/// Decides how a delivery continues: receives the status of a try and the offsets of finished deliveries,
/// and returns whether and when to try again, and which offset to commit.
package dev.rowcast.kafkasource.delivery;
