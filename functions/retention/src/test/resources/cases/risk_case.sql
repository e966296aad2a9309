-- A case table: make cases MODEL=<a model> TABLE=schema.table RULE=threshold|class|above|below (docs/actions.md).
-- For a database that has postgres/schema. Run by a superuser, as often as you like. All of it, or nothing.

BEGIN;

CREATE SCHEMA IF NOT EXISTS "Sales";
GRANT USAGE ON SCHEMA "Sales" TO app, retention;

-- One case per row: the first prediction that decides creates it, even if there is no case to open, and it is never removed,
-- because its position refuses older changes.
CREATE TABLE IF NOT EXISTS "Sales"."Fälle ""A""" (
    "Land" text,
    "Kunden Nr" bigint,
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
    PRIMARY KEY ("Land", "Kunden Nr"),
    CONSTRAINT "case_key_is_deliverable"
        CHECK (octet_length("Land") BETWEEN 1 AND 512 AND "Land" !~ '[\u0001-\u001f\u007f-\u009f]'),
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

CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON "Sales"."Fälle ""A"""
    FOR EACH ROW WHEN ((NEW.captured_epoch, NEW.captured_lsn) <> (OLD.captured_epoch, OLD.captured_lsn)
        AND NEW.captured_commit = OLD.captured_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('captured_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF captured_commit ON "Sales"."Fälle ""A"""
    FOR EACH ROW WHEN (NEW.captured_commit IS NULL AND OLD.captured_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('captured_commit');
-- No case of a database with another history.
CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON "Sales"."Fälle ""A"""
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();

COMMENT ON TABLE "Sales"."Fälle ""A""" IS 'Cases: one row for each key with a prediction that decided. Written by the action only.';
COMMENT ON COLUMN "Sales"."Fälle ""A"""."Land" IS 'Key of the source row.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".status IS 'none: there never was a case; open; closed.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".case_number IS 'How many cases this row has had, this one included.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".prediction IS 'Predicted class, when the case was opened or closed; null when there never was one, or when the deletion of the row closed it.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".probability IS 'Probability, when the case was opened or closed; null when there never was one, or when the deletion of the row closed it.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".threshold IS 'Lowest probability that opens a case, when the case was opened or closed; null when there never was one, or when the deletion of the row closed it.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".model_version IS 'Version of the model that predicted, under the same terms.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".opened_at IS 'When the prediction was stored that opened the case, to the millisecond.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".closed_at IS 'When the prediction was stored that closed the case; null while it is open.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".closed_because IS 'another-class or below-threshold or deleted.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".captured_epoch IS
    'First part of the position of the newest deciding captured change, even if it did not change the case.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".captured_commit IS
    'Second part of that position: where the WAL has the last commit before the transaction of that change; 0 for a snapshot read.';
COMMENT ON COLUMN "Sales"."Fälle ""A""".captured_lsn IS
    'Third part of that position: where the WAL has the change of the captured row; 0 for a snapshot read, -1 before the first.';

-- The application reads cases. Only the action writes them, and deletes none.
REVOKE ALL ON "Sales"."Fälle ""A""" FROM PUBLIC, app, connector, predictor, retention, operator;
GRANT SELECT ON "Sales"."Fälle ""A""" TO app;
GRANT SELECT, INSERT, UPDATE ON "Sales"."Fälle ""A""" TO retention;

COMMIT;
