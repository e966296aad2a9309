/// Whether the path did its work: the stores come in as they are now, out comes every difference from what they must
/// be.
///
/// The captured table must equal a scoring of the source table that shares no code with the functions, the cases must
/// follow
/// from the captured table, each index must equal its table, and the events of cases must be their turns.
package dev.rowcast.proof.audit;
