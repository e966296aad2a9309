/// Whether what is scored still looks like training: [predictions][dev.rowcast.predictor.score.Scored] that are
/// committed come in and are counted; now and then, off the path of a change, the counts are added to one row of
/// Postgres, and out go the shifts as metrics. A failure here delays no change and makes nothing unready.
package dev.rowcast.predictor.drift;
