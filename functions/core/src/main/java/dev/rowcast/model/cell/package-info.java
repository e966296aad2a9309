/// The grammar of a cell: receives a JSON value of a row, and returns what it means for a
/// [feature][dev.rowcast.model.contract.Feature] and as which text its column stores it.
package dev.rowcast.model.cell;
