-- What goes out of the WAL: exactly these tables. The connector captures the first two; it needs the signal table to hear commands in
-- the order of the WAL, and the heartbeat table so that each beat reaches it.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast') THEN
        CREATE PUBLICATION rowcast WITH (publish = 'insert, update, delete');
    END IF;
END
$$;

ALTER PUBLICATION rowcast SET (publish = 'insert, update, delete');
ALTER PUBLICATION rowcast SET TABLE
    public.person_churn_history,
    public.person_churn_history_captured,
    public.rowcast_signal,
    public.rowcast_heartbeat;

COMMENT ON PUBLICATION rowcast IS 'Changes that Rowcast reads; no truncates.';
