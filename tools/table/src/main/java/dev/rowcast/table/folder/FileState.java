package dev.rowcast.table.folder;

/// A file of a table's folder, compared with what it should be.
public enum FileState {
    /// The file does not exist yet.
    NEW,
    /// The file is as it should be.
    CURRENT,
    /// The file is as it was written, and should be another one now.
    OUTDATED,
    /// The file is as it was written, and is no longer part of the folder.
    SUPERFLUOUS,
    /// Somebody has changed the file since it was written, or somebody else wrote it.
    EDITED
}
