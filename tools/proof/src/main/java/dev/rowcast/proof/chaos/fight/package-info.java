/// Clients that fight over the same keys: they insert, delete, update, rename and copy a few rows of the source table
/// at
/// the same time, block each other, deadlock and roll back. Changes of a key leave here in the order of their commits,
/// which is not the order of their LSNs.
///
/// Their keys begin with [Fight#KEY], and no other load touches these. They remember no row: the audit reads the source
/// table and holds every store against it.
package dev.rowcast.proof.chaos.fight;
