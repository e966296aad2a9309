/// What happens to an input: a [draft][dev.rowcast.proof.fuzz.input.InputDraft] of a real request comes in, and goes out
/// with
/// none, one or a few [damages][dev.rowcast.proof.fuzz.mutation.Mutation], in its bytes, its JSON, its meaning or its
/// headers.
package dev.rowcast.proof.fuzz.mutation;
