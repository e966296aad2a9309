/// Audit: the stores come in as they are now, and every difference from what they must contain goes out.
///
/// The captured table must equal a scoring of the source table that shares no code with the functions,
/// the cases must follow from the captured table, each index must equal its table, and each case must
/// have its events.
package dev.rowcast.proof.audit;
