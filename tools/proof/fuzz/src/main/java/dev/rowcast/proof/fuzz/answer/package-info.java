/// Answers: [inputs][dev.rowcast.proof.fuzz.input.Input] are sent to a function over many connections at a
/// time, and each [response][dev.rowcast.proof.fuzz.answer.RawResponse] is compared with the outcome table
/// and with the decoder. The positions that the function acknowledged go out, so that a test can look them
/// up in the store.
package dev.rowcast.proof.fuzz.answer;
