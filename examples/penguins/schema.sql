-- Tables, rights, publication and slot of model penguins, as its contract asks for them: make schema MODEL=<its file>.
-- For a database that has postgres/schema: its roles, its guards of rows and of replica identities, its watch, its tables of signals
-- and beats.
-- Run by a superuser, as often as you like. All of it, or nothing.

BEGIN;

CREATE TABLE IF NOT EXISTS "public"."penguin" (
    "id" bigint,
    "island" text,
    "bill_length_mm" numeric(5,1),
    "bill_depth_mm" numeric(5,1),
    "flipper_length_mm" smallint,
    "body_mass_g" integer,
    "sex" text,
    "species" text,
    PRIMARY KEY ("id")
);

ALTER TABLE "public"."penguin" REPLICA IDENTITY FULL;
ALTER TABLE "public"."penguin" OWNER TO app;

COMMENT ON TABLE "public"."penguin" IS
    'Source: one row per key, as it is now. Every committed change of a row is scored.';
COMMENT ON COLUMN "public"."penguin"."id" IS 'Key.';
COMMENT ON COLUMN "public"."penguin"."island" IS 'Biscoe, Dream, Torgersen; others are unknown to the model.';
COMMENT ON COLUMN "public"."penguin"."bill_length_mm" IS 'A number; from 32.1 to 59.6 in training.';
COMMENT ON COLUMN "public"."penguin"."bill_depth_mm" IS 'A number; from 13.1 to 21.5 in training.';
COMMENT ON COLUMN "public"."penguin"."flipper_length_mm" IS 'A number; from 172 to 231 in training.';
COMMENT ON COLUMN "public"."penguin"."body_mass_g" IS 'A number; from 2700 to 6300 in training.';
COMMENT ON COLUMN "public"."penguin"."sex" IS 'female, male; others are unknown to the model.';
COMMENT ON COLUMN "public"."penguin"."species" IS 'Adelie, Chinstrap, Gentoo; null while it is not known. Never a feature.';

-- TRUNCATE is no change of any row: it would leave predictions of rows that are gone. Rows leave by DELETE.
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON "public"."penguin"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_refuse_truncate();

-- A row whose change Kafka would not take is refused here, where the one who writes it reads why.
SELECT public.rowcast_limit_rows('"public"."penguin"');

-- A prediction per key, guarded by the position of the change it stands for: an older change never overwrites a newer one.
CREATE TABLE IF NOT EXISTS "public"."penguin_captured" (
    "id" bigint,
    "island" text,
    "bill_length_mm" numeric(5,1),
    "bill_depth_mm" numeric(5,1),
    "flipper_length_mm" smallint,
    "body_mass_g" integer,
    "sex" text,
    "species" text,
    "species_prediction" text,
    "species_probability" double precision,
    "species_probabilities" jsonb,
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
    CONSTRAINT captured_probability_is_one CHECK ("species_probability" BETWEEN 0 AND 1),
    CONSTRAINT captured_prediction_is_a_label CHECK ("species_prediction" IN ('Adelie', 'Chinstrap', 'Gentoo')),
    CONSTRAINT captured_live_row_is_scored CHECK (deleted OR ("species_prediction" IS NOT NULL AND "species_probability" IS NOT NULL AND "species_probabilities" IS NOT NULL AND model_version IS NOT NULL)),
    CONSTRAINT captured_epoch_fits_a_version CHECK (source_epoch BETWEEN 0 AND 255),
    CONSTRAINT captured_commit_fits_a_version CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_lsn_fits_a_version CHECK (source_lsn BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_operation_is_known CHECK (operation IN ('c', 'u', 'r', 'd')),
    CONSTRAINT captured_delete_is_marked CHECK (deleted = (operation = 'd'))
);

ALTER TABLE "public"."penguin_captured" REPLICA IDENTITY FULL;

CREATE OR REPLACE TRIGGER limit_previous BEFORE INSERT OR UPDATE ON "public"."penguin_captured"
    FOR EACH ROW EXECUTE FUNCTION public.rowcast_limit_previous();

-- A table that was made by a release that knew no commits gets the column; its rows are not rewritten and keep none.
ALTER TABLE "public"."penguin_captured" ADD COLUMN IF NOT EXISTS source_commit bigint;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = '"public"."penguin_captured"'::regclass AND conname = 'captured_commit_fits_a_version'
    ) THEN
        ALTER TABLE "public"."penguin_captured" ADD CONSTRAINT captured_commit_fits_a_version
            CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1) NOT VALID;
    END IF;
END
$$;

ALTER TABLE "public"."penguin_captured" VALIDATE CONSTRAINT captured_commit_fits_a_version;

-- A row that the release before writes during a roll-out has no commit; one that this release writes keeps it.
CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON "public"."penguin_captured"
    FOR EACH ROW WHEN ((NEW.source_epoch, NEW.source_lsn) <> (OLD.source_epoch, OLD.source_lsn) AND NEW.source_commit = OLD.source_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('source_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF source_commit ON "public"."penguin_captured"
    FOR EACH ROW WHEN (NEW.source_commit IS NULL AND OLD.source_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('source_commit');

COMMENT ON TABLE "public"."penguin_captured" IS
    'Predictions: for each key of the source table its newest change, as it was scored. Written by the predictor only.';
COMMENT ON COLUMN "public"."penguin_captured"."id" IS 'Key of the source row. The columns from here to species are those of the source table, as they were scored.';
COMMENT ON COLUMN "public"."penguin_captured"."species_prediction" IS 'The label with the highest probability.';
COMMENT ON COLUMN "public"."penguin_captured"."species_probability" IS 'The probability of the predicted label, 0 to 1.';
COMMENT ON COLUMN "public"."penguin_captured"."species_probabilities" IS 'Probability of each species: the probability of each label.';
COMMENT ON COLUMN "public"."penguin_captured".model_version IS 'Version of the model that gave the probability.';
COMMENT ON COLUMN "public"."penguin_captured".source_epoch IS
    'First part of the position: raised by an operator when LSNs can go back (restore, fail-over, upgrade). 0 to 255.';
COMMENT ON COLUMN "public"."penguin_captured".source_commit IS
    'Second part of the position: where the WAL has the last commit before the change''s transaction; 0 for a snapshot read, which any streamed change of its epoch outdoes. Null: stored by a release that knew no commits.';
COMMENT ON COLUMN "public"."penguin_captured".source_lsn IS
    'Third part of the position: where the WAL has the change; it orders the changes of one transaction. 0 for a snapshot read.';
COMMENT ON COLUMN "public"."penguin_captured".source_ts IS 'When the change was made in the source table, to the millisecond.';
COMMENT ON COLUMN "public"."penguin_captured".operation IS 'c insert, u update, d delete, r snapshot read.';
COMMENT ON COLUMN "public"."penguin_captured".previous IS 'The source row before the change; null for an insert or a read. Its rowcast_left_out names the columns whose old value could not be read, or did not fit into its own column.';
COMMENT ON COLUMN "public"."penguin_captured".predicted_at IS 'When the predictor wrote this row.';
COMMENT ON COLUMN "public"."penguin_captured".deleted IS 'True when the source row was deleted; the row stays as a guard.';

-- What each role may do: the application reads predictions, Debezium reads both tables, the predictor stores predictions, deletes
-- none, and sees of the source table its columns, and no row.
REVOKE ALL ON "public"."penguin", "public"."penguin_captured" FROM PUBLIC, connector, predictor, retention, operator;
REVOKE ALL ON "public"."penguin_captured" FROM app;
GRANT SELECT ON "public"."penguin_captured" TO app;
GRANT SELECT ON "public"."penguin", "public"."penguin_captured" TO connector;
GRANT SELECT, INSERT, UPDATE ON "public"."penguin_captured" TO predictor;
GRANT REFERENCES ON "public"."penguin" TO predictor;

-- What is watched (public.rowcast_problems): that changes of these tables are captured, and that they are of this database.
CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON "public"."penguin_captured"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();

INSERT INTO public.rowcast_path VALUES
    ('rowcast_penguins', 'rowcast_penguins', 'public', 'penguin', 'source'),
    ('rowcast_penguins', 'rowcast_penguins', 'public', 'penguin_captured', 'captured'),
    ('rowcast_penguins', 'rowcast_penguins', 'public', 'rowcast_signal', 'signal'),
    ('rowcast_penguins', 'rowcast_penguins', 'public', 'rowcast_heartbeat', 'heartbeat')
ON CONFLICT (publication, table_schema, table_name) DO UPDATE SET slot = excluded.slot, role = excluded.role;

-- What goes out of the WAL, for a connector of its own.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_penguins') THEN
        CREATE PUBLICATION "rowcast_penguins" WITH (publish = 'insert, update, delete');
    END IF;
END
$$;

ALTER PUBLICATION "rowcast_penguins"
    SET (publish = 'insert, update, delete', publish_generated_columns = stored, publish_via_partition_root = true);
ALTER PUBLICATION "rowcast_penguins" SET TABLE
    "public"."penguin",
    "public"."penguin_captured",
    public.rowcast_signal,
    public.rowcast_heartbeat;

COMMENT ON PUBLICATION "rowcast_penguins" IS 'Changes that Rowcast reads; no truncates.';

COMMIT;

-- The place in the WAL that Debezium reads from. After the transaction, because a slot cannot be made in one that has written; not
-- without the tables, because a slot that nobody reads keeps the WAL for ever.
SELECT pg_create_logical_replication_slot('rowcast_penguins', 'pgoutput', temporary => false, twophase => false, failover => true)
WHERE EXISTS (SELECT FROM pg_publication WHERE pubname = 'rowcast_penguins')
  AND NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'rowcast_penguins');

-- A case table: make cases MODEL=<a model> TABLE=schema.table RULE=threshold|class|above|below (docs/actions.md).
-- For a database that has postgres/schema. Run by a superuser, as often as you like. All of it, or nothing.

BEGIN;

-- One case per row: the first prediction that decides creates it, even if there is no case to open, and it is never removed,
-- because its position refuses older changes.
CREATE TABLE IF NOT EXISTS "public"."penguins_case" (
    "id" bigint,
    status text NOT NULL DEFAULT 'none',
    case_number integer NOT NULL DEFAULT 0,
    prediction text,
    probability double precision,
    threshold double precision,
    model_version text,
    opened_at timestamptz(3),
    closed_at timestamptz(3),
    closed_because text,
    captured_epoch smallint NOT NULL DEFAULT 0,
    captured_commit bigint,
    captured_lsn bigint NOT NULL DEFAULT -1,
    PRIMARY KEY ("id"),
    CONSTRAINT case_status_is_known CHECK (status IN ('none', 'open', 'closed')),
    CONSTRAINT case_is_counted CHECK (case_number >= 0 AND (case_number = 0) = (status = 'none')),
    CONSTRAINT case_was_opened CHECK ((opened_at IS NULL) = (status = 'none')),
    CONSTRAINT case_closed_says_when_and_why
        CHECK ((closed_at IS NOT NULL) = (status = 'closed') AND (closed_because IS NOT NULL) = (status = 'closed')),
    CONSTRAINT case_reason_is_known CHECK (closed_because IN ('another-class', 'below-threshold', 'deleted')),
    CONSTRAINT case_epoch_fits_a_version CHECK (captured_epoch BETWEEN 0 AND 255),
    CONSTRAINT case_commit_fits_a_version CHECK (captured_commit BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT case_lsn_fits_a_version CHECK (captured_lsn BETWEEN -1 AND (1::bigint << 55) - 1)
);

CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON "public"."penguins_case"
    FOR EACH ROW WHEN ((NEW.captured_epoch, NEW.captured_lsn) <> (OLD.captured_epoch, OLD.captured_lsn)
        AND NEW.captured_commit = OLD.captured_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('captured_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF captured_commit ON "public"."penguins_case"
    FOR EACH ROW WHEN (NEW.captured_commit IS NULL AND OLD.captured_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('captured_commit');
-- No case of a database with another history.
CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON "public"."penguins_case"
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();

COMMENT ON TABLE "public"."penguins_case" IS 'Cases: one row for each key with a prediction that decided. Written by the action only.';
COMMENT ON COLUMN "public"."penguins_case"."id" IS 'Key of the source row.';
COMMENT ON COLUMN "public"."penguins_case".status IS 'none: there never was a case; open; closed.';
COMMENT ON COLUMN "public"."penguins_case".case_number IS 'How many cases this row has had, this one included.';
COMMENT ON COLUMN "public"."penguins_case".prediction IS 'Predicted class, when the case was opened or closed; null when there never was one, or when the deletion of the row closed it.';
COMMENT ON COLUMN "public"."penguins_case".probability IS 'Probability, when the case was opened or closed; null when there never was one, or when the deletion of the row closed it.';
COMMENT ON COLUMN "public"."penguins_case".threshold IS 'Lowest probability that opens a case, when the case was opened or closed; null when there never was one, or when the deletion of the row closed it.';
COMMENT ON COLUMN "public"."penguins_case".model_version IS 'Version of the model that predicted, under the same terms.';
COMMENT ON COLUMN "public"."penguins_case".opened_at IS 'When the prediction was stored that opened the case, to the millisecond.';
COMMENT ON COLUMN "public"."penguins_case".closed_at IS 'When the prediction was stored that closed the case; null while it is open.';
COMMENT ON COLUMN "public"."penguins_case".closed_because IS 'another-class or below-threshold or deleted.';
COMMENT ON COLUMN "public"."penguins_case".captured_epoch IS
    'First part of the position of the newest deciding captured change, even if it did not change the case.';
COMMENT ON COLUMN "public"."penguins_case".captured_commit IS
    'Second part of that position: where the WAL has the last commit before the transaction of that change; 0 for a snapshot read.';
COMMENT ON COLUMN "public"."penguins_case".captured_lsn IS
    'Third part of that position: where the WAL has the change of the captured row; 0 for a snapshot read, -1 before the first.';

-- The application reads cases. Only the action writes them, and deletes none.
REVOKE ALL ON "public"."penguins_case" FROM PUBLIC, app, connector, predictor, retention, operator;
GRANT SELECT ON "public"."penguins_case" TO app;
GRANT SELECT, INSERT, UPDATE ON "public"."penguins_case" TO retention;

COMMIT;
