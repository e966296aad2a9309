package dev.rowcast.local.load;

/// Load on the source table, until it is closed.
abstract class Load implements AutoCloseable {

    final RetryingWriter writer;

    Load(RetryingWriter writer) {
        this.writer = writer;
    }

    /// Changes committed so far.
    public long written() {
        return writer.written();
    }

    /// Stops after the statement in progress.
    @Override
    public void close() {
        writer.close();
    }
}
