package dev.rowcast.local.page.row;

import dev.rowcast.local.page.feed.PathNames;
import dev.rowcast.local.page.station.QualifiedTable;
import dev.rowcast.model.contract.ModelContract;
import java.net.URI;
import java.util.Optional;

/// Where the rows of a table are.
///
/// @param path          names of topics and indices
/// @param contract      names of the tables and their key
/// @param cases         table of the cases; empty when the table has no action
/// @param database      JDBC URL, for a user who may read the tables
/// @param kafka         bootstrap servers
/// @param elasticsearch base URL
public record RowPlaces(
        PathNames path,
        ModelContract contract,
        Optional<QualifiedTable> cases,
        String database,
        String kafka,
        URI elasticsearch) {}
