/// The action that `make table` adds to a table. In: the variables of the user, the contract and the name of the table.
/// Out: a rule that fits the model, and the names and settings of the action, or an error of one line.
package dev.rowcast.table.action;
