/// From a number to an input: a seed and a [corpus][dev.rowcast.proof.fuzz.corpus.Corpus] come in, and for each number
/// the
/// one [Input][dev.rowcast.proof.fuzz.input.Input] that belongs to it goes out, the same one each time.
package dev.rowcast.proof.fuzz.input;
