/// From a model's contract to the SQL of its tables: the contract comes in, and what psql takes goes out. Nothing else
/// is
/// asked, so another table needs no code.
package dev.rowcast.local.schema;
