/// The content of a table's folder. In: a contract and the name of the table. Out: the text of each file, from the
/// templates beside these classes' resources.
package dev.rowcast.table.content;
