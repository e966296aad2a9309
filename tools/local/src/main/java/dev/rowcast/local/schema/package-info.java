/// The SQL of a model's tables: the model's contract comes in, SQL for psql goes out. A new table
/// needs no code.
package dev.rowcast.local.schema;
