package dev.rowcast.local.load.row;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Creates the rows of a sequence of changes. The same random numbers give the same rows.
public interface RowSource {

    /// A key of the types of the key columns.
    List<String> key(SplittableRandom random);

    /// The values of a new row by column, without the missing ones.
    Map<String, String> row(SplittableRandom random);

    /// A changed copy of a row.
    Map<String, String> changed(Map<String, String> row, SplittableRandom random);
}
