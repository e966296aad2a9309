/// From inputs to findings: [inputs][dev.rowcast.proof.fuzz.input.Input] go to a function over many connections at a
/// time,
/// and each [RawResponse][dev.rowcast.proof.fuzz.answer.RawResponse] is held against the outcome table and against what the decoder
/// says
/// of the bytes. What a function says it has stored goes out, to be looked up in its store.
package dev.rowcast.proof.fuzz.answer;
