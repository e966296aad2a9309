/// A database that exists. In: its catalogs, and the contract. Out: what fits, what `schema.sql` would change, and what
/// must be changed first, one line each; then, when the user wants it, the change.
package dev.rowcast.table.existing;
