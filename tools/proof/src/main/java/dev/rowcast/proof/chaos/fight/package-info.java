/// Clients that fight over the same keys: they insert, delete, update, rename and copy a few rows of the
/// source table at the same time, block each other, deadlock and roll back. The changes of a key are
/// committed in an order that differs from the order of their LSNs.
///
/// Their keys begin with [Fight#KEY], and no other load uses these. They keep no rows in memory: the audit
/// reads the source table and compares every store with it.
package dev.rowcast.proof.chaos.fight;
