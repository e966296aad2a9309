/// One change of one row, the input of every later step: a [Change][dev.rowcast.change.Change] with its
/// [Position][dev.rowcast.change.Position], its [Key][dev.rowcast.change.Key] and its rows.
package dev.rowcast.change;
