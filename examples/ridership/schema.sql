-- Tables, rights, publication and slot of model ridership, as its contract asks for them: make schema MODEL=<its file>.
-- For a database that has postgres/schema: its roles, its guards of rows and of replica identities, its watch, its tables of signals
-- and beats.
-- Run by a superuser, as often as you like. All of it, or nothing.

BEGIN;

CREATE TABLE IF NOT EXISTS "public"."station_day" (
    "id" bigint,
    "day" date,
    "fortnight_ago" numeric(7,3),
    "temp" double precision,
    "percip" double precision,
    "weather_snow" double precision,
    "cubs_home" smallint,
    "bulls_home" smallint,
    "bears_home" smallint,
    "ridership" double precision,
    PRIMARY KEY ("id")
);

ALTER TABLE "public"."station_day" REPLICA IDENTITY FULL;
ALTER TABLE "public"."station_day" OWNER TO app;

COMMENT ON TABLE "public"."station_day" IS
    'Source: one row per key, as it is now. Every committed change of a row is scored.';
COMMENT ON COLUMN "public"."station_day"."id" IS 'Key.';
COMMENT ON COLUMN "public"."station_day"."day" IS 'Its days since 2001-01-01: from 21 to 5718 in training. Its month: from 1 to 12 in training. Its weekday: from 1 to 7 in training.';
COMMENT ON COLUMN "public"."station_day"."fortnight_ago" IS 'A number; from 0.601 to 26.058 in training.';
COMMENT ON COLUMN "public"."station_day"."temp" IS 'A number; from -11.9 to 92 in training.';
COMMENT ON COLUMN "public"."station_day"."percip" IS 'A number; from 0 to 0.12 in training.';
COMMENT ON COLUMN "public"."station_day"."weather_snow" IS 'A number; from 0 to 1 in training.';
COMMENT ON COLUMN "public"."station_day"."cubs_home" IS 'A number; from 0 to 1 in training.';
COMMENT ON COLUMN "public"."station_day"."bulls_home" IS 'A number; from 0 to 1 in training.';
COMMENT ON COLUMN "public"."station_day"."bears_home" IS 'A number; from 0 to 1 in training.';
COMMENT ON COLUMN "public"."station_day"."ridership" IS 'A number in thousand; null while it is not known. Never a feature.';

-- TRUNCATE is no change of any row: it would leave predictions of rows that are gone. Rows leave by DELETE.
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON "public"."station_day"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_refuse_truncate();

-- A row whose change Kafka would not take is refused here, where the one who writes it reads why.
SELECT public.rowcast_limit_rows('"public"."station_day"');

-- A prediction per key, guarded by the position of the change it stands for: an older change never overwrites a newer one.
CREATE TABLE IF NOT EXISTS "public"."station_day_captured" (
    "id" bigint,
    "day" date,
    "fortnight_ago" numeric(7,3),
    "temp" double precision,
    "percip" double precision,
    "weather_snow" double precision,
    "cubs_home" smallint,
    "bulls_home" smallint,
    "bears_home" smallint,
    "ridership" double precision,
    "ridership_prediction" double precision,
    "ridership_lower" double precision,
    "ridership_upper" double precision,
    "model_version" text,
    "source_epoch" smallint NOT NULL,
    "source_commit" bigint,
    "source_lsn" bigint NOT NULL,
    "source_ts" timestamptz(3) NOT NULL,
    "operation" text NOT NULL,
    "previous" jsonb,
    "predicted_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
    "deleted" boolean NOT NULL DEFAULT false,
    PRIMARY KEY ("id"),
    CONSTRAINT captured_prediction_is_in_its_interval CHECK ("ridership_prediction" BETWEEN "ridership_lower" AND "ridership_upper"),
    CONSTRAINT captured_live_row_is_scored CHECK (deleted OR ("ridership_prediction" IS NOT NULL AND "ridership_lower" IS NOT NULL AND "ridership_upper" IS NOT NULL AND model_version IS NOT NULL)),
    CONSTRAINT captured_epoch_fits_a_version CHECK (source_epoch BETWEEN 0 AND 255),
    CONSTRAINT captured_commit_fits_a_version CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_lsn_fits_a_version CHECK (source_lsn BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_operation_is_known CHECK (operation IN ('c', 'u', 'r', 'd')),
    CONSTRAINT captured_delete_is_marked CHECK (deleted = (operation = 'd'))
);

ALTER TABLE "public"."station_day_captured" REPLICA IDENTITY FULL;

CREATE OR REPLACE TRIGGER limit_previous BEFORE INSERT OR UPDATE ON "public"."station_day_captured"
    FOR EACH ROW EXECUTE FUNCTION public.rowcast_limit_previous();

-- A table that was made by a release that knew no commits gets the column; its rows are not rewritten and keep none.
ALTER TABLE "public"."station_day_captured" ADD COLUMN IF NOT EXISTS source_commit bigint;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = '"public"."station_day_captured"'::regclass AND conname = 'captured_commit_fits_a_version'
    ) THEN
        ALTER TABLE "public"."station_day_captured" ADD CONSTRAINT captured_commit_fits_a_version
            CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1) NOT VALID;
    END IF;
END
$$;

ALTER TABLE "public"."station_day_captured" VALIDATE CONSTRAINT captured_commit_fits_a_version;

-- A row that the release before writes during a roll-out has no commit; one that this release writes keeps it.
CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON "public"."station_day_captured"
    FOR EACH ROW WHEN ((NEW.source_epoch, NEW.source_lsn) <> (OLD.source_epoch, OLD.source_lsn) AND NEW.source_commit = OLD.source_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('source_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF source_commit ON "public"."station_day_captured"
    FOR EACH ROW WHEN (NEW.source_commit IS NULL AND OLD.source_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('source_commit');

COMMENT ON TABLE "public"."station_day_captured" IS
    'Predictions: for each key of the source table its newest change, as it was scored. Written by the predictor only.';
COMMENT ON COLUMN "public"."station_day_captured"."id" IS 'Key of the source row. The columns from here to ridership are those of the source table, as they were scored.';
COMMENT ON COLUMN "public"."station_day_captured"."ridership_prediction" IS 'Passengers who enter the station Clark/Lake on that day in thousand, as the model gave it.';
COMMENT ON COLUMN "public"."station_day_captured"."ridership_lower" IS 'Lower bound of the prediction. In training, the share of true values within the bounds was 0.9.';
COMMENT ON COLUMN "public"."station_day_captured"."ridership_upper" IS 'Upper bound of the prediction. In training, the share of true values within the bounds was 0.9.';
COMMENT ON COLUMN "public"."station_day_captured".model_version IS 'Version of the model that gave the probability.';
COMMENT ON COLUMN "public"."station_day_captured".source_epoch IS
    'First part of the position: raised by an operator when LSNs can go back (restore, fail-over, upgrade). 0 to 255.';
COMMENT ON COLUMN "public"."station_day_captured".source_commit IS
    'Second part of the position: where the WAL has the last commit before the change''s transaction; 0 for a snapshot read, which any streamed change of its epoch outdoes. Null: stored by a release that knew no commits.';
COMMENT ON COLUMN "public"."station_day_captured".source_lsn IS
    'Third part of the position: where the WAL has the change; it orders the changes of one transaction. 0 for a snapshot read.';
COMMENT ON COLUMN "public"."station_day_captured".source_ts IS 'When the change was made in the source table, to the millisecond.';
COMMENT ON COLUMN "public"."station_day_captured".operation IS 'c insert, u update, d delete, r snapshot read.';
COMMENT ON COLUMN "public"."station_day_captured".previous IS 'The source row before the change; null for an insert or a read. Its rowcast_left_out names the columns whose old value could not be read, or did not fit into its own column.';
COMMENT ON COLUMN "public"."station_day_captured".predicted_at IS 'When the predictor wrote this row.';
COMMENT ON COLUMN "public"."station_day_captured".deleted IS 'True when the source row was deleted; the row stays as a guard.';

-- What each role may do: the application reads predictions, Debezium reads both tables, the predictor stores predictions, deletes
-- none, and sees of the source table its columns, and no row.
REVOKE ALL ON "public"."station_day", "public"."station_day_captured" FROM PUBLIC, connector, predictor, retention, operator;
REVOKE ALL ON "public"."station_day_captured" FROM app;
GRANT SELECT ON "public"."station_day_captured" TO app;
GRANT SELECT ON "public"."station_day", "public"."station_day_captured" TO connector;
GRANT SELECT, INSERT, UPDATE ON "public"."station_day_captured" TO predictor;
GRANT REFERENCES ON "public"."station_day" TO predictor;

-- What is watched (public.rowcast_problems): that changes of these tables are captured, and that they are of this database.
CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON "public"."station_day_captured"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();

INSERT INTO public.rowcast_path VALUES
    ('rowcast_ridership', 'rowcast_ridership', 'public', 'station_day', 'source'),
    ('rowcast_ridership', 'rowcast_ridership', 'public', 'station_day_captured', 'captured'),
    ('rowcast_ridership', 'rowcast_ridership', 'public', 'rowcast_signal', 'signal'),
    ('rowcast_ridership', 'rowcast_ridership', 'public', 'rowcast_heartbeat', 'heartbeat')
ON CONFLICT (publication, table_schema, table_name) DO UPDATE SET slot = excluded.slot, role = excluded.role;

-- What goes out of the WAL, for a connector of its own.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_ridership') THEN
        CREATE PUBLICATION "rowcast_ridership" WITH (publish = 'insert, update, delete');
    END IF;
END
$$;

ALTER PUBLICATION "rowcast_ridership"
    SET (publish = 'insert, update, delete', publish_generated_columns = stored, publish_via_partition_root = true);
ALTER PUBLICATION "rowcast_ridership" SET TABLE
    "public"."station_day",
    "public"."station_day_captured",
    public.rowcast_signal,
    public.rowcast_heartbeat;

COMMENT ON PUBLICATION "rowcast_ridership" IS 'Changes that Rowcast reads; no truncates.';

COMMIT;

-- The place in the WAL that Debezium reads from. After the transaction, because a slot cannot be made in one that has written; not
-- without the tables, because a slot that nobody reads keeps the WAL for ever.
SELECT pg_create_logical_replication_slot('rowcast_ridership', 'pgoutput', temporary => false, twophase => false, failover => true)
WHERE EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_ridership')
  AND NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'rowcast_ridership');
