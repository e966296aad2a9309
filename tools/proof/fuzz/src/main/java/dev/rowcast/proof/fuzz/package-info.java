/// Fuzz tests: a [plan][dev.rowcast.proof.fuzz.FuzzPlan] comes in, and for each number of the plan the same
/// [input][dev.rowcast.proof.fuzz.input.Input] goes out every time: a recorded event, mutated or not.
package dev.rowcast.proof.fuzz;
