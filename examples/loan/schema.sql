-- Tables, rights, publication and slot of model loan, as its contract asks for them: make schema MODEL=<its file>.
-- For a database that has postgres/schema: its roles, its guards of rows and of replica identities, its tables of signals and beats.
-- Run by a superuser, as often as you like. All of it, or nothing.

BEGIN;

CREATE TABLE IF NOT EXISTS "public"."loan_application" (
    "id" bigint,
    "seniority" integer,
    "home" text,
    "time" integer,
    "age" integer,
    "marital" text,
    "records" text,
    "job" text,
    "expenses" integer,
    "income" integer,
    "assets" integer,
    "debt" integer,
    "amount" integer,
    "price" integer,
    "status" text,
    PRIMARY KEY ("id")
);

ALTER TABLE "public"."loan_application" REPLICA IDENTITY FULL;
ALTER TABLE "public"."loan_application" OWNER TO app;

COMMENT ON TABLE "public"."loan_application" IS
    'Source: one row per key, as it is now. Every committed change of a row is scored.';
COMMENT ON COLUMN "public"."loan_application"."id" IS 'Key.';
COMMENT ON COLUMN "public"."loan_application"."seniority" IS 'A number; from 0 to 48 in training.';
COMMENT ON COLUMN "public"."loan_application"."home" IS 'ignore, other, owner, parents, priv, rent; others are unknown to the model.';
COMMENT ON COLUMN "public"."loan_application"."time" IS 'A number; from 6 to 72 in training.';
COMMENT ON COLUMN "public"."loan_application"."age" IS 'A number; from 18 to 68 in training.';
COMMENT ON COLUMN "public"."loan_application"."marital" IS 'divorced, married, separated, single, widow; others are unknown to the model.';
COMMENT ON COLUMN "public"."loan_application"."records" IS 'no, yes; others are unknown to the model.';
COMMENT ON COLUMN "public"."loan_application"."job" IS 'fixed, freelance, others, partime; others are unknown to the model.';
COMMENT ON COLUMN "public"."loan_application"."expenses" IS 'A number; from 35 to 180 in training.';
COMMENT ON COLUMN "public"."loan_application"."income" IS 'A number; from 6 to 959 in training.';
COMMENT ON COLUMN "public"."loan_application"."assets" IS 'A number; from 0 to 300000 in training.';
COMMENT ON COLUMN "public"."loan_application"."debt" IS 'A number; from 0 to 30000 in training.';
COMMENT ON COLUMN "public"."loan_application"."amount" IS 'A number; from 100 to 5000 in training.';
COMMENT ON COLUMN "public"."loan_application"."price" IS 'A number; from 105 to 11140 in training.';
COMMENT ON COLUMN "public"."loan_application"."status" IS 'bad or good; null while it is not known. Never a feature.';

-- TRUNCATE is no change of any row: it would leave predictions of rows that are gone. Rows leave by DELETE.
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON "public"."loan_application"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_refuse_truncate();

-- A row whose change Kafka would not take is refused here, where the one who writes it reads why.
SELECT public.rowcast_limit_rows('"public"."loan_application"');

-- A prediction per key, guarded by the position of the change it stands for: an older change never overwrites a newer one.
CREATE TABLE IF NOT EXISTS "public"."loan_application_captured" (
    "id" bigint,
    "seniority" integer,
    "home" text,
    "time" integer,
    "age" integer,
    "marital" text,
    "records" text,
    "job" text,
    "expenses" integer,
    "income" integer,
    "assets" integer,
    "debt" integer,
    "amount" integer,
    "price" integer,
    "status" text,
    "status_probability" double precision,
    "status_prediction" text,
    "status_threshold" double precision,
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
    CONSTRAINT captured_probability_is_one CHECK ("status_probability" BETWEEN 0 AND 1),
    CONSTRAINT captured_threshold_is_one CHECK ("status_threshold" BETWEEN 0 AND 1),
    CONSTRAINT captured_prediction_is_a_label CHECK ("status_prediction" IN ('bad', 'good')),
    CONSTRAINT captured_live_row_is_scored CHECK (deleted OR ("status_probability" IS NOT NULL AND "status_prediction" IS NOT NULL AND model_version IS NOT NULL)),
    CONSTRAINT captured_epoch_fits_a_version CHECK (source_epoch BETWEEN 0 AND 255),
    CONSTRAINT captured_commit_fits_a_version CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_lsn_fits_a_version CHECK (source_lsn BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_operation_is_known CHECK (operation IN ('c', 'u', 'r', 'd')),
    CONSTRAINT captured_delete_is_marked CHECK (deleted = (operation = 'd'))
);

ALTER TABLE "public"."loan_application_captured" REPLICA IDENTITY FULL;

CREATE OR REPLACE TRIGGER limit_previous BEFORE INSERT OR UPDATE ON "public"."loan_application_captured"
    FOR EACH ROW EXECUTE FUNCTION public.rowcast_limit_previous();

-- A table that was made by a release that knew no commits gets the column; its rows are not rewritten and keep none.
ALTER TABLE "public"."loan_application_captured" ADD COLUMN IF NOT EXISTS source_commit bigint;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = '"public"."loan_application_captured"'::regclass AND conname = 'captured_commit_fits_a_version'
    ) THEN
        ALTER TABLE "public"."loan_application_captured" ADD CONSTRAINT captured_commit_fits_a_version
            CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1) NOT VALID;
    END IF;
END
$$;

ALTER TABLE "public"."loan_application_captured" VALIDATE CONSTRAINT captured_commit_fits_a_version;

-- A row that the release before writes during a roll-out has no commit; one that this release writes keeps it.
CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON "public"."loan_application_captured"
    FOR EACH ROW WHEN ((NEW.source_epoch, NEW.source_lsn) <> (OLD.source_epoch, OLD.source_lsn) AND NEW.source_commit = OLD.source_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('source_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF source_commit ON "public"."loan_application_captured"
    FOR EACH ROW WHEN (NEW.source_commit IS NULL AND OLD.source_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('source_commit');

COMMENT ON TABLE "public"."loan_application_captured" IS
    'Predictions: for each key of the source table its newest change, as it was scored. Written by the predictor only.';
COMMENT ON COLUMN "public"."loan_application_captured"."id" IS 'Key of the source row. The columns from here to status are those of the source table, as they were scored.';
COMMENT ON COLUMN "public"."loan_application_captured"."status_probability" IS 'Probability that the loan is not paid back, 0 to 1, as the model gave it.';
COMMENT ON COLUMN "public"."loan_application_captured"."status_prediction" IS 'bad when the probability reaches the threshold of the model''s contract, else good.';
COMMENT ON COLUMN "public"."loan_application_captured"."status_threshold" IS
    'The threshold that the label was given by, from the contract of the model that gave the probability.';
COMMENT ON COLUMN "public"."loan_application_captured".model_version IS 'Version of the model that gave the probability.';
COMMENT ON COLUMN "public"."loan_application_captured".source_epoch IS
    'First part of the position: raised by an operator when LSNs can go back (restore, fail-over, upgrade). 0 to 255.';
COMMENT ON COLUMN "public"."loan_application_captured".source_commit IS
    'Second part of the position: where the WAL has the last commit before the change''s transaction; 0 for a snapshot read, which any streamed change of its epoch outdoes. Null: stored by a release that knew no commits.';
COMMENT ON COLUMN "public"."loan_application_captured".source_lsn IS
    'Third part of the position: where the WAL has the change; it orders the changes of one transaction. 0 for a snapshot read.';
COMMENT ON COLUMN "public"."loan_application_captured".source_ts IS 'When the change was made in the source table, to the millisecond.';
COMMENT ON COLUMN "public"."loan_application_captured".operation IS 'c insert, u update, d delete, r snapshot read.';
COMMENT ON COLUMN "public"."loan_application_captured".previous IS 'The source row before the change; null for an insert or a read.';
COMMENT ON COLUMN "public"."loan_application_captured".predicted_at IS 'When the predictor wrote this row.';
COMMENT ON COLUMN "public"."loan_application_captured".deleted IS 'True when the source row was deleted; the row stays as a guard.';

-- What each role may do: the application reads predictions, Debezium reads both tables, the predictor stores predictions, deletes
-- none, and sees of the source table its columns, and no row.
REVOKE ALL ON "public"."loan_application", "public"."loan_application_captured" FROM PUBLIC, connector, predictor, retention, operator;
REVOKE ALL ON "public"."loan_application_captured" FROM app;
GRANT SELECT ON "public"."loan_application_captured" TO app;
GRANT SELECT ON "public"."loan_application", "public"."loan_application_captured" TO connector;
GRANT SELECT, INSERT, UPDATE ON "public"."loan_application_captured" TO predictor;
GRANT REFERENCES ON "public"."loan_application" TO predictor;

-- What goes out of the WAL, for a connector of its own.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_loan') THEN
        CREATE PUBLICATION "rowcast_loan" WITH (publish = 'insert, update, delete');
    END IF;
END
$$;

ALTER PUBLICATION "rowcast_loan"
    SET (publish = 'insert, update, delete', publish_generated_columns = stored, publish_via_partition_root = true);
ALTER PUBLICATION "rowcast_loan" SET TABLE
    "public"."loan_application",
    "public"."loan_application_captured",
    public.rowcast_signal,
    public.rowcast_heartbeat;

COMMENT ON PUBLICATION "rowcast_loan" IS 'Changes that Rowcast reads; no truncates.';

COMMIT;

-- The place in the WAL that Debezium reads from. After the transaction, because a slot cannot be made in one that has written; not
-- without the tables, because a slot that nobody reads keeps the WAL for ever.
SELECT pg_create_logical_replication_slot('rowcast_loan', 'pgoutput', temporary => false, twophase => false, failover => true)
WHERE EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_loan')
  AND NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'rowcast_loan');
