/// Before the first prediction, and again and again: the live tables are asked for their columns and held
/// against the model's contract. Out comes a [TableCheck][dev.rowcast.predictor.tables.TableCheck], which
/// readiness shows and which the statement is made from.
package dev.rowcast.predictor.tables;
