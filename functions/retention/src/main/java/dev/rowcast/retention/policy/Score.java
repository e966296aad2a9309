package dev.rowcast.retention.policy;

/// A prediction and its threshold.
///
/// @param probability the probability that the customer leaves, 0 to 1
/// @param threshold the lowest probability that opens a case, 0 to 1
/// @param modelVersion the version of the model that scored
public record Score(double probability, double threshold, String modelVersion) {}
