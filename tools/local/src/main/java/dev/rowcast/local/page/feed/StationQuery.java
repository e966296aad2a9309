package dev.rowcast.local.page.feed;

/// A query of a station.
@FunctionalInterface
public interface StationQuery<T> {

    /// Queries the station. May block; one thread at a time calls it.
    ///
    /// @throws Exception when the station does not answer; the page shows its message
    T read() throws Exception;
}
