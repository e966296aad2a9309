/// Boards of Kibana. In: a short description of boards, from `eck/kibana/boards.yaml` or from the contract of a table.
/// Out: saved objects that Kibana imports, one a line.
package dev.rowcast.table.kibana;
