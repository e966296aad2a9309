package dev.rowcast.retention.policy;

/// A prediction and what it was held against.
///
/// @param probability that the customer leaves, 0 to 1
/// @param threshold from where on a case is opened, 0 to 1
/// @param modelVersion the model that gave the probability
public record Score(double probability, double threshold, String modelVersion) {}
