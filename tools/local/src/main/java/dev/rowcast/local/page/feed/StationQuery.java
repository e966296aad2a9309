package dev.rowcast.local.page.feed;

/// Something that can be asked of a station.
@FunctionalInterface
public interface StationQuery<T> {

    /// Asks; may block, and is asked by one thread at a time.
    ///
    /// @throws Exception when the station does not answer; its message is shown
    T read() throws Exception;
}
