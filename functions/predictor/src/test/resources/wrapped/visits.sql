-- Tables, rights, publication and slot of model visits, as its contract asks for them: make schema MODEL=<its file>.
-- For a database that has postgres/schema: its roles, its guards of rows and of replica identities, its watch, its tables of signals
-- and beats.
-- Run by a superuser, as often as you like. All of it, or nothing.

BEGIN;

CREATE SCHEMA IF NOT EXISTS "web";
GRANT USAGE ON SCHEMA "web" TO app, connector, predictor;

CREATE TABLE IF NOT EXISTS "web"."visits" (
    "id" bigint,
    "pages" double precision,
    "minutes" double precision,
    "age" double precision,
    "again" text,
    PRIMARY KEY ("id")
);

ALTER TABLE "web"."visits" REPLICA IDENTITY FULL;
ALTER TABLE "web"."visits" OWNER TO app;

COMMENT ON TABLE "web"."visits" IS
    'Source: one row per key, as it is now. Every committed change of a row is scored.';
COMMENT ON COLUMN "web"."visits"."id" IS 'Key.';
COMMENT ON COLUMN "web"."visits"."pages" IS 'A number; from 3 to 35.5 in training.';
COMMENT ON COLUMN "web"."visits"."minutes" IS 'A number; from 0.5 to 33.5 in training.';
COMMENT ON COLUMN "web"."visits"."age" IS 'A number; from 5 to 35.25 in training.';
COMMENT ON COLUMN "web"."visits"."again" IS 'yes or no; null while it is not known. Never a feature.';

-- TRUNCATE is no change of any row: it would leave predictions of rows that are gone. Rows leave by DELETE.
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON "web"."visits"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_refuse_truncate();

-- A row whose change Kafka would not take is refused here, where the one who writes it reads why.
SELECT public.rowcast_limit_rows('"web"."visits"');

-- A prediction per key, guarded by the position of the change it stands for: an older change never overwrites a newer one.
CREATE TABLE IF NOT EXISTS "web"."visits_captured" (
    "id" bigint,
    "pages" double precision,
    "minutes" double precision,
    "age" double precision,
    "again" text,
    "again_probability" double precision,
    "again_prediction" text,
    "again_threshold" double precision,
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
    CONSTRAINT captured_probability_is_one CHECK ("again_probability" BETWEEN 0 AND 1),
    CONSTRAINT captured_threshold_is_one CHECK ("again_threshold" BETWEEN 0 AND 1),
    CONSTRAINT captured_prediction_is_a_label CHECK ("again_prediction" IN ('yes', 'no')),
    CONSTRAINT captured_live_row_is_scored CHECK (deleted OR ("again_probability" IS NOT NULL AND "again_prediction" IS NOT NULL AND model_version IS NOT NULL)),
    CONSTRAINT captured_epoch_fits_a_version CHECK (source_epoch BETWEEN 0 AND 255),
    CONSTRAINT captured_commit_fits_a_version CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_lsn_fits_a_version CHECK (source_lsn BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_operation_is_known CHECK (operation IN ('c', 'u', 'r', 'd')),
    CONSTRAINT captured_delete_is_marked CHECK (deleted = (operation = 'd'))
);

ALTER TABLE "web"."visits_captured" REPLICA IDENTITY FULL;

CREATE OR REPLACE TRIGGER limit_previous BEFORE INSERT OR UPDATE ON "web"."visits_captured"
    FOR EACH ROW EXECUTE FUNCTION public.rowcast_limit_previous();

-- A table that was made by a release that knew no commits gets the column; its rows are not rewritten and keep none.
ALTER TABLE "web"."visits_captured" ADD COLUMN IF NOT EXISTS source_commit bigint;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = '"web"."visits_captured"'::regclass AND conname = 'captured_commit_fits_a_version'
    ) THEN
        ALTER TABLE "web"."visits_captured" ADD CONSTRAINT captured_commit_fits_a_version
            CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1) NOT VALID;
    END IF;
END
$$;

ALTER TABLE "web"."visits_captured" VALIDATE CONSTRAINT captured_commit_fits_a_version;

-- A row that the release before writes during a roll-out has no commit; one that this release writes keeps it.
CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON "web"."visits_captured"
    FOR EACH ROW WHEN ((NEW.source_epoch, NEW.source_lsn) <> (OLD.source_epoch, OLD.source_lsn) AND NEW.source_commit = OLD.source_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('source_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF source_commit ON "web"."visits_captured"
    FOR EACH ROW WHEN (NEW.source_commit IS NULL AND OLD.source_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('source_commit');

COMMENT ON TABLE "web"."visits_captured" IS
    'Predictions: for each key of the source table its newest change, as it was scored. Written by the predictor only.';
COMMENT ON COLUMN "web"."visits_captured"."id" IS 'Key of the source row. The columns from here to again are those of the source table, as they were scored.';
COMMENT ON COLUMN "web"."visits_captured"."again_probability" IS 'Probability that the visitor comes again, 0 to 1, as the model gave it.';
COMMENT ON COLUMN "web"."visits_captured"."again_prediction" IS 'yes when the probability reaches the threshold of the model''s contract, else no.';
COMMENT ON COLUMN "web"."visits_captured"."again_threshold" IS
    'The threshold that the label was given by, from the contract of the model that gave the probability.';
COMMENT ON COLUMN "web"."visits_captured".model_version IS 'Version of the model that gave the probability.';
COMMENT ON COLUMN "web"."visits_captured".source_epoch IS
    'First part of the position: raised by an operator when LSNs can go back (restore, fail-over, upgrade). 0 to 255.';
COMMENT ON COLUMN "web"."visits_captured".source_commit IS
    'Second part of the position: where the WAL has the last commit before the change''s transaction; 0 for a snapshot read, which any streamed change of its epoch outdoes. Null: stored by a release that knew no commits.';
COMMENT ON COLUMN "web"."visits_captured".source_lsn IS
    'Third part of the position: where the WAL has the change; it orders the changes of one transaction. 0 for a snapshot read.';
COMMENT ON COLUMN "web"."visits_captured".source_ts IS 'When the change was made in the source table, to the millisecond.';
COMMENT ON COLUMN "web"."visits_captured".operation IS 'c insert, u update, d delete, r snapshot read.';
COMMENT ON COLUMN "web"."visits_captured".previous IS 'The source row before the change; null for an insert or a read. Its rowcast_left_out names the columns whose old value could not be read, or did not fit into its own column.';
COMMENT ON COLUMN "web"."visits_captured".predicted_at IS 'When the predictor wrote this row.';
COMMENT ON COLUMN "web"."visits_captured".deleted IS 'True when the source row was deleted; the row stays as a guard.';

-- What each role may do: the application reads predictions, Debezium reads both tables, the predictor stores predictions, deletes
-- none, and sees of the source table its columns, and no row.
REVOKE ALL ON "web"."visits", "web"."visits_captured" FROM PUBLIC, connector, predictor, retention, operator;
REVOKE ALL ON "web"."visits_captured" FROM app;
GRANT SELECT ON "web"."visits_captured" TO app;
GRANT SELECT ON "web"."visits", "web"."visits_captured" TO connector;
GRANT SELECT, INSERT, UPDATE ON "web"."visits_captured" TO predictor;
GRANT REFERENCES ON "web"."visits" TO predictor;

-- What is watched (public.rowcast_problems): that changes of these tables are captured, and that they are of this database.
CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON "web"."visits_captured"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();

INSERT INTO public.rowcast_path VALUES
    ('rowcast_visits', 'rowcast_visits', 'web', 'visits', 'source'),
    ('rowcast_visits', 'rowcast_visits', 'web', 'visits_captured', 'captured'),
    ('rowcast_visits', 'rowcast_visits', 'public', 'rowcast_signal', 'signal'),
    ('rowcast_visits', 'rowcast_visits', 'public', 'rowcast_heartbeat', 'heartbeat')
ON CONFLICT (publication, table_schema, table_name) DO UPDATE SET slot = excluded.slot, role = excluded.role;

-- What goes out of the WAL, for a connector of its own.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_visits') THEN
        CREATE PUBLICATION "rowcast_visits" WITH (publish = 'insert, update, delete');
    END IF;
END
$$;

ALTER PUBLICATION "rowcast_visits"
    SET (publish = 'insert, update, delete', publish_generated_columns = stored, publish_via_partition_root = true);
ALTER PUBLICATION "rowcast_visits" SET TABLE
    "web"."visits",
    "web"."visits_captured",
    public.rowcast_signal,
    public.rowcast_heartbeat;

COMMENT ON PUBLICATION "rowcast_visits" IS 'Changes that Rowcast reads; no truncates.';

COMMIT;

-- The place in the WAL that Debezium reads from. After the transaction, because a slot cannot be made in one that has written; not
-- without the tables, because a slot that nobody reads keeps the WAL for ever.
SELECT pg_create_logical_replication_slot('rowcast_visits', 'pgoutput', temporary => false, twophase => false, failover => true)
WHERE EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_visits')
  AND NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'rowcast_visits');
