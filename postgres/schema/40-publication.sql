-- The published tables: exactly these, one publication per connector.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast') THEN
        CREATE PUBLICATION rowcast WITH (publish = 'insert, update, delete');
    END IF;
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_outbox') THEN
        CREATE PUBLICATION rowcast_outbox WITH (publish = 'insert, update');
    END IF;
END
$$;

-- STORED generated columns are published too: Postgres refuses UPDATE and DELETE of a table with REPLICA IDENTITY FULL and a generated
-- column that is not published. Rows of a partition are published under the name of its table, which is the name that a connector knows.
--
-- Connector churn captures the first two; it needs the signal table to receive commands in the order of the WAL, and the heartbeat table
-- to receive each heartbeat.
ALTER PUBLICATION rowcast
    SET (publish = 'insert, update, delete', publish_generated_columns = stored, publish_via_partition_root = true);
ALTER PUBLICATION rowcast SET TABLE
    public.person_churn_history,
    public.person_churn_history_captured,
    public.rowcast_signal,
    public.rowcast_heartbeat;

-- Connector outbox: an event is an insert; its deletion is not published. A heartbeat is an update.
ALTER PUBLICATION rowcast_outbox
    SET (publish = 'insert, update', publish_generated_columns = stored, publish_via_partition_root = true);
ALTER PUBLICATION rowcast_outbox SET TABLE
    public.outboxevent,
    public.rowcast_heartbeat;

COMMENT ON PUBLICATION rowcast IS 'Changes that Rowcast reads; no truncates.';
COMMENT ON PUBLICATION rowcast_outbox IS 'Events that Rowcast sends.';
