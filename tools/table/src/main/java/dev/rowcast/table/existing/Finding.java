package dev.rowcast.table.existing;

/// A result of the check of a database.
///
/// @param kind what it means
/// @param text one line
public record Finding(Kind kind, String text) {

    /// What a finding means.
    public enum Kind {
        /// Nothing is to be done.
        FITS("fits"),
        /// `schema.sql` changes it.
        CHANGE("would change"),
        /// The user must change it first.
        FAULT("must be changed first");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /// The finding in one line.
    public String line() {
        return kind.words + ": " + text;
    }
}
