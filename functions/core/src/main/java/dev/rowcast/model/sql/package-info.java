/// The SQL types of a table's columns: receives their names from a contract or from a live table, and
/// returns what values a column holds, how a value is converted, and which type holds another.
package dev.rowcast.model.sql;
