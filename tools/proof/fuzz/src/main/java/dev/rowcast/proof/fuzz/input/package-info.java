/// Requests to a function: a [draft][dev.rowcast.proof.fuzz.input.InputDraft] comes in from the corpus,
/// mutations change it, and it goes out as an [Input][dev.rowcast.proof.fuzz.input.Input].
package dev.rowcast.proof.fuzz.input;
