/// Mutations: a [draft][dev.rowcast.proof.fuzz.input.InputDraft] of a recorded request comes in and goes
/// out with zero to four [mutations][dev.rowcast.proof.fuzz.mutation.Mutation] of its bytes, JSON, event
/// or headers.
package dev.rowcast.proof.fuzz.mutation;
