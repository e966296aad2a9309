-- Tables. REPLICA IDENTITY FULL writes the whole old row to the WAL: a delete then contains the deleted row, and a large value that
-- an update did not change arrives as a value instead of a placeholder.
--
-- The key is sent as Kafka key, HTTP header and Elasticsearch id. KafkaSource never delivers a record whose key holds a newline or
-- another control character, not even to the dead letters. A key of 4,500 bytes is too large for the headers of a dead letter, in which
-- it is twice; an Elasticsearch id has at most 512 bytes. Such keys are refused here, where rows are created.

CREATE TABLE IF NOT EXISTS public.person_churn_history (
    customerid       text PRIMARY KEY,
    gender           text,
    seniorcitizen    smallint,
    partner          text,
    dependents       text,
    tenure           integer,
    phoneservice     text,
    multiplelines    text,
    internetservice  text,
    onlinesecurity   text,
    onlinebackup     text,
    deviceprotection text,
    techsupport      text,
    streamingtv      text,
    streamingmovies  text,
    contract         text,
    paperlessbilling text,
    paymentmethod    text,
    monthlycharges   numeric(10, 2),
    totalcharges     numeric(10, 2),
    churn            text,
    CONSTRAINT person_churn_history_key_is_deliverable
        CHECK (octet_length(customerid) BETWEEN 1 AND 512 AND customerid !~ '[\u0001-\u001f\u007f-\u009f]')
);

ALTER TABLE public.person_churn_history REPLICA IDENTITY FULL;
ALTER TABLE public.person_churn_history OWNER TO app;

COMMENT ON TABLE public.person_churn_history IS
    'Source: one row per customer, as it is now. Every committed change of a row is scored.';
COMMENT ON COLUMN public.person_churn_history.customerid IS 'Key; 1 to 512 bytes, no control characters.';
COMMENT ON COLUMN public.person_churn_history.gender IS 'Female or Male.';
COMMENT ON COLUMN public.person_churn_history.seniorcitizen IS '1 when the customer is 65 or older, else 0.';
COMMENT ON COLUMN public.person_churn_history.partner IS 'Yes when the customer has a partner, else No.';
COMMENT ON COLUMN public.person_churn_history.dependents IS 'Yes when the customer has dependents, else No.';
COMMENT ON COLUMN public.person_churn_history.tenure IS 'Months since the customer joined.';
COMMENT ON COLUMN public.person_churn_history.phoneservice IS 'Yes or No.';
COMMENT ON COLUMN public.person_churn_history.multiplelines IS 'Yes, No or No phone service.';
COMMENT ON COLUMN public.person_churn_history.internetservice IS 'DSL, Fiber optic or No.';
COMMENT ON COLUMN public.person_churn_history.onlinesecurity IS 'Yes, No or No internet service.';
COMMENT ON COLUMN public.person_churn_history.onlinebackup IS 'Yes, No or No internet service.';
COMMENT ON COLUMN public.person_churn_history.deviceprotection IS 'Yes, No or No internet service.';
COMMENT ON COLUMN public.person_churn_history.techsupport IS 'Yes, No or No internet service.';
COMMENT ON COLUMN public.person_churn_history.streamingtv IS 'Yes, No or No internet service.';
COMMENT ON COLUMN public.person_churn_history.streamingmovies IS 'Yes, No or No internet service.';
COMMENT ON COLUMN public.person_churn_history.contract IS 'Month-to-month, One year or Two year.';
COMMENT ON COLUMN public.person_churn_history.paperlessbilling IS 'Yes or No.';
COMMENT ON COLUMN public.person_churn_history.paymentmethod IS
    'Electronic check, Mailed check, Bank transfer (automatic) or Credit card (automatic).';
COMMENT ON COLUMN public.person_churn_history.monthlycharges IS 'Charge of the current month, in dollars.';
COMMENT ON COLUMN public.person_churn_history.totalcharges IS 'Charges since the customer joined, in dollars; null before the first bill.';
COMMENT ON COLUMN public.person_churn_history.churn IS 'Yes when the customer has left, No when not; null while it is not known. Never a feature.';

-- TRUNCATE is not a change of any row: it would leave predictions of rows that no longer exist. Use DELETE to remove rows.
CREATE OR REPLACE FUNCTION public.rowcast_refuse_truncate() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION 'TRUNCATE of %.% is refused: it has no rows to score', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'feature_not_supported', HINT = 'Use DELETE, so that each removed row is a change.';
END
$$;

CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.person_churn_history
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_refuse_truncate();

-- One prediction per key, guarded by the position of its change: an older change never overwrites a newer one. A delete keeps the row and
-- marks it, because a removed row could not refuse an older change.
CREATE TABLE IF NOT EXISTS public.person_churn_history_captured (
    customerid        text PRIMARY KEY,
    gender            text,
    seniorcitizen     smallint,
    partner           text,
    dependents        text,
    tenure            integer,
    phoneservice      text,
    multiplelines     text,
    internetservice   text,
    onlinesecurity    text,
    onlinebackup      text,
    deviceprotection  text,
    techsupport       text,
    streamingtv       text,
    streamingmovies   text,
    contract          text,
    paperlessbilling  text,
    paymentmethod     text,
    monthlycharges    numeric(10, 2),
    totalcharges      numeric(10, 2),
    churn             text,
    churn_probability double precision,
    churn_prediction  text,
    churn_threshold   double precision,
    model_version     text,
    source_epoch      smallint       NOT NULL,
    source_commit     bigint,
    source_lsn        bigint         NOT NULL,
    source_ts         timestamptz(3) NOT NULL,
    operation         text           NOT NULL,
    previous          jsonb,
    predicted_at      timestamptz    NOT NULL DEFAULT clock_timestamp(),
    deleted           boolean        NOT NULL DEFAULT false,
    CONSTRAINT captured_key_is_deliverable
        CHECK (octet_length(customerid) BETWEEN 1 AND 512 AND customerid !~ '[\u0001-\u001f\u007f-\u009f]'),
    CONSTRAINT captured_probability_is_one CHECK (churn_probability BETWEEN 0 AND 1),
    CONSTRAINT captured_threshold_is_one CHECK (churn_threshold BETWEEN 0 AND 1),
    CONSTRAINT captured_prediction_is_a_label CHECK (churn_prediction IN ('Yes', 'No')),
    CONSTRAINT captured_live_row_is_scored
        CHECK (deleted OR (churn_probability IS NOT NULL AND churn_prediction IS NOT NULL AND model_version IS NOT NULL)),
    CONSTRAINT captured_epoch_fits_a_version CHECK (source_epoch BETWEEN 0 AND 255),
    CONSTRAINT captured_commit_fits_a_version CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_lsn_fits_a_version CHECK (source_lsn BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_operation_is_known CHECK (operation IN ('c', 'u', 'r', 'd')),
    CONSTRAINT captured_delete_is_marked CHECK (deleted = (operation = 'd'))
);

ALTER TABLE public.person_churn_history_captured REPLICA IDENTITY FULL;

-- A table that was created by a release without commits gets the column. Its rows are not rewritten and have no commit; the predictor
-- compares them by their LSN.
ALTER TABLE public.person_churn_history_captured ADD COLUMN IF NOT EXISTS source_commit bigint;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = 'public.person_churn_history_captured'::regclass AND conname = 'captured_commit_fits_a_version'
    ) THEN
        ALTER TABLE public.person_churn_history_captured ADD CONSTRAINT captured_commit_fits_a_version
            CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1) NOT VALID;
    END IF;
END
$$;

ALTER TABLE public.person_churn_history_captured VALIDATE CONSTRAINT captured_commit_fits_a_version;

-- During a roll-out the revision of the previous release still writes. It sets epoch and LSN and does not change the commit, which would
-- produce a position that belongs to no change. The first trigger removes the commit of such a row. It cannot distinguish it from a later
-- change of the same transaction; the second trigger runs only for a statement that names the commit, so not for the previous release, and
-- restores it. A row that meets neither condition costs two comparisons.
CREATE OR REPLACE FUNCTION public.rowcast_drop_commit() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_ARGV[0] = 'captured_commit' THEN
        NEW.captured_commit := NULL;
    ELSE
        NEW.source_commit := NULL;
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION public.rowcast_keep_commit() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_ARGV[0] = 'captured_commit' THEN
        NEW.captured_commit := OLD.captured_commit;
    ELSE
        NEW.source_commit := OLD.source_commit;
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON public.person_churn_history_captured
    FOR EACH ROW WHEN ((NEW.source_epoch, NEW.source_lsn) <> (OLD.source_epoch, OLD.source_lsn)
        AND NEW.source_commit = OLD.source_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('source_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF source_commit ON public.person_churn_history_captured
    FOR EACH ROW WHEN (NEW.source_commit IS NULL AND OLD.source_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('source_commit');

COMMENT ON TABLE public.person_churn_history_captured IS
    'Predictions: for each key of the source table its newest change, as it was scored. Written by the predictor only.';
COMMENT ON COLUMN public.person_churn_history_captured.customerid IS
    'Key of the source row. The columns from here to churn are those of the source table, as they were scored.';
COMMENT ON COLUMN public.person_churn_history_captured.churn_probability IS
    'Probability that the customer leaves, 0 to 1, as the model gave it.';
COMMENT ON COLUMN public.person_churn_history_captured.churn_prediction IS
    'Yes when the probability reaches the threshold of the model''s contract, else No.';
COMMENT ON COLUMN public.person_churn_history_captured.churn_threshold IS
    'The threshold that the label was given by, from the contract of the model that gave the probability.';
COMMENT ON COLUMN public.person_churn_history_captured.model_version IS 'Version of the model that gave the probability.';
COMMENT ON COLUMN public.person_churn_history_captured.source_epoch IS
    'First part of the position: raised by an operator when LSNs can go back (restore, fail-over, upgrade). 0 to 255.';
COMMENT ON COLUMN public.person_churn_history_captured.source_commit IS
    'Second part of the position: where the WAL has the last commit before the change''s transaction; 0 for a snapshot read, which any streamed change of its epoch outdoes. Null: stored by a release that knew no commits.';
COMMENT ON COLUMN public.person_churn_history_captured.source_lsn IS
    'Third part of the position: where the WAL has the change; it orders the changes of one transaction. 0 for a snapshot read.';
COMMENT ON COLUMN public.person_churn_history_captured.source_ts IS 'When the change was made in the source table, to the millisecond.';
COMMENT ON COLUMN public.person_churn_history_captured.operation IS 'c insert, u update, d delete, r snapshot read.';
COMMENT ON COLUMN public.person_churn_history_captured.previous IS
    'The source row before the change; null for an insert or a read. Its rowcast_left_out names the columns whose old value could not be read, or did not fit into its own column.';
COMMENT ON COLUMN public.person_churn_history_captured.predicted_at IS 'When the predictor wrote this row.';
COMMENT ON COLUMN public.person_churn_history_captured.deleted IS 'True when the source row was deleted; the row stays as a guard.';

-- The models that have scored, in the order of their first use. During a roll-out two revisions with two models run at the same time: for
-- the same change the score of the model with the higher rank is kept.
CREATE TABLE IF NOT EXISTS public.rowcast_model (
    version       text        PRIMARY KEY,
    name          text        NOT NULL,
    rank          bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    first_used_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE public.rowcast_model IS 'Models by rank. A predictor adds its own when it starts.';
COMMENT ON COLUMN public.rowcast_model.version IS 'Version of the model.';
COMMENT ON COLUMN public.rowcast_model.name IS 'Name of the model.';
COMMENT ON COLUMN public.rowcast_model.rank IS
    'Of two scores of the same change the one with the higher rank is kept; raised by rowcast_promote_model. A model that is not in this table ranks lowest.';
COMMENT ON COLUMN public.rowcast_model.first_used_at IS 'When a predictor first started with it.';

-- Ranks a model above all others, so that a roll-back to it can replace the scores of a newer model.
CREATE OR REPLACE FUNCTION public.rowcast_promote_model(promoted text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    raised bigint;
BEGIN
    UPDATE public.rowcast_model SET rank = DEFAULT WHERE version = promoted RETURNING rank INTO raised;
    IF raised IS NULL THEN
        RAISE EXCEPTION 'model % has never been used', promoted
            USING ERRCODE = 'no_data_found', HINT = 'SELECT version FROM rowcast_model shows the models that have.';
    END IF;
    RETURN raised;
END
$$;

-- Counts of the predictor's predictions in the bins of training: one row for each model, its bins and each day, to which all instances
-- add. The drift from the training data is computed from these counts.
CREATE TABLE IF NOT EXISTS public.rowcast_drift (
    model_version text        NOT NULL,
    bins          text        NOT NULL,
    day           date        NOT NULL,
    counts        bigint[]    NOT NULL,
    merges        uuid[]      NOT NULL,
    merged_at     timestamptz NOT NULL,
    PRIMARY KEY (model_version, bins, day)
);

COMMENT ON TABLE public.rowcast_drift IS 'Live counts of scored changes, by bin. Written by the predictor only.';
COMMENT ON COLUMN public.rowcast_drift.model_version IS 'Version of the model that scored.';
COMMENT ON COLUMN public.rowcast_drift.bins IS 'Digest of the bins, since two contracts of one graph can have other bins.';
COMMENT ON COLUMN public.rowcast_drift.day IS 'The day, in UTC, on which the changes were counted.';
COMMENT ON COLUMN public.rowcast_drift.counts IS
    'Changes by bin. For each feature in the contract''s order: those of its histogram, for a category one more for other values, one for missing; then those of the probability.';
COMMENT ON COLUMN public.rowcast_drift.merges IS 'The last merges that are in, so that one whose answer was lost is not added twice.';
COMMENT ON COLUMN public.rowcast_drift.merged_at IS 'When counts were last added.';

-- One case per customer: open while the customer is likely to leave. The first deciding prediction creates the row, even without a case, and
-- the row is never removed, because its position refuses older changes.
CREATE TABLE IF NOT EXISTS public.retention_case (
    customerid      text PRIMARY KEY,
    status          text           NOT NULL DEFAULT 'none',
    case_number     integer        NOT NULL DEFAULT 0,
    probability     double precision,
    threshold       double precision,
    model_version   text,
    opened_at       timestamptz(3),
    closed_at       timestamptz(3),
    closed_because  text,
    captured_epoch  smallint       NOT NULL DEFAULT 0,
    captured_commit bigint,
    captured_lsn    bigint         NOT NULL DEFAULT -1,
    CONSTRAINT case_key_is_deliverable
        CHECK (octet_length(customerid) BETWEEN 1 AND 512 AND customerid !~ '[\u0001-\u001f\u007f-\u009f]'),
    CONSTRAINT case_status_is_known CHECK (status IN ('none', 'open', 'closed')),
    CONSTRAINT case_is_counted CHECK (case_number >= 0 AND (case_number = 0) = (status = 'none')),
    CONSTRAINT case_was_opened CHECK ((opened_at IS NULL) = (status = 'none')),
    CONSTRAINT case_closed_says_when_and_why
        CHECK ((closed_at IS NOT NULL) = (status = 'closed') AND (closed_because IS NOT NULL) = (status = 'closed')),
    CONSTRAINT case_reason_is_known CHECK (closed_because IN ('below-threshold', 'deleted')),
    CONSTRAINT case_epoch_fits_a_version CHECK (captured_epoch BETWEEN 0 AND 255),
    CONSTRAINT case_commit_fits_a_version CHECK (captured_commit BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT case_lsn_fits_a_version CHECK (captured_lsn BETWEEN -1 AND (1::bigint << 55) - 1)
);

-- A table that was created by a release without commits gets the column. Its rows are not rewritten and have no commit; retention compares
-- them by their LSN.
ALTER TABLE public.retention_case ADD COLUMN IF NOT EXISTS captured_commit bigint;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = 'public.retention_case'::regclass AND conname = 'case_commit_fits_a_version'
    ) THEN
        ALTER TABLE public.retention_case ADD CONSTRAINT case_commit_fits_a_version
            CHECK (captured_commit BETWEEN 0 AND (1::bigint << 55) - 1) NOT VALID;
    END IF;
END
$$;

ALTER TABLE public.retention_case VALIDATE CONSTRAINT case_commit_fits_a_version;

CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON public.retention_case
    FOR EACH ROW WHEN ((NEW.captured_epoch, NEW.captured_lsn) <> (OLD.captured_epoch, OLD.captured_lsn)
        AND NEW.captured_commit = OLD.captured_commit)
    EXECUTE FUNCTION public.rowcast_drop_commit('captured_commit');
CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF captured_commit ON public.retention_case
    FOR EACH ROW WHEN (NEW.captured_commit IS NULL AND OLD.captured_commit IS NOT NULL)
    EXECUTE FUNCTION public.rowcast_keep_commit('captured_commit');

COMMENT ON TABLE public.retention_case IS
    'Cases: one row per customer with a deciding prediction; an open case means that the customer is likely to leave. Written by retention only.';
COMMENT ON COLUMN public.retention_case.customerid IS 'Key of the source row.';
COMMENT ON COLUMN public.retention_case.status IS 'none: there never was a case; open; closed.';
COMMENT ON COLUMN public.retention_case.case_number IS 'How many cases this customer has had, this one included.';
COMMENT ON COLUMN public.retention_case.probability IS
    'Probability that opened or closed the case; null when there never was one, or when the deletion of the row closed it.';
COMMENT ON COLUMN public.retention_case.threshold IS 'Threshold that opened or closed the case, under the same terms.';
COMMENT ON COLUMN public.retention_case.model_version IS 'Version of the model that gave the probability, under the same terms.';
COMMENT ON COLUMN public.retention_case.opened_at IS 'When the prediction was stored that opened the case, to the millisecond.';
COMMENT ON COLUMN public.retention_case.closed_at IS 'When the prediction was stored that closed the case; null while it is open.';
COMMENT ON COLUMN public.retention_case.closed_because IS 'below-threshold or deleted.';
COMMENT ON COLUMN public.retention_case.captured_epoch IS
    'First part of the position of the newest deciding captured change, even if it did not change the case.';
COMMENT ON COLUMN public.retention_case.captured_commit IS
    'Second part of that position: where the WAL has the last commit before the transaction of that change; 0 for a snapshot read. Null before the first, and when stored by a release that knew no commits.';
COMMENT ON COLUMN public.retention_case.captured_lsn IS
    'Third part of that position: where the WAL has the change of the captured row; 0 for a snapshot read, -1 before the first.';

-- Events of cases, one per row. The function deletes a row in the transaction that inserts it: the event is in the WAL, and the table stays
-- empty. The columns from specversion on make each event a CloudEvent.
CREATE TABLE IF NOT EXISTS public.outboxevent (
    id            uuid           PRIMARY KEY,
    aggregatetype text           NOT NULL,
    aggregateid   text           NOT NULL,
    type          text           NOT NULL,
    "timestamp"   timestamptz(3) NOT NULL,
    payload       text           NOT NULL,
    specversion   text           NOT NULL DEFAULT '1.0',
    source        text           NOT NULL DEFAULT '/rowcast/retention',
    contenttype   text           NOT NULL DEFAULT 'application/json'
);

COMMENT ON TABLE public.outboxevent IS 'Outbox: events are inserted and deleted in one transaction, so that the WAL contains them. Always empty for other transactions.';
COMMENT ON COLUMN public.outboxevent.id IS 'The event''s id.';
COMMENT ON COLUMN public.outboxevent.aggregatetype IS 'Kind of the event''s subject; part of the topic''s name.';
COMMENT ON COLUMN public.outboxevent.aggregateid IS 'Key of the subject, such as that of the customer; key of the record.';
COMMENT ON COLUMN public.outboxevent.type IS 'The event''s type, such as dev.rowcast.retention.opened.';
COMMENT ON COLUMN public.outboxevent."timestamp" IS 'Time of the event, to the millisecond.';
COMMENT ON COLUMN public.outboxevent.payload IS 'The event''s data, a JSON document.';
COMMENT ON COLUMN public.outboxevent.specversion IS 'Version of CloudEvents.';
COMMENT ON COLUMN public.outboxevent.source IS 'Source of the event: the action that wrote it.';
COMMENT ON COLUMN public.outboxevent.contenttype IS 'Content type of the payload.';

-- Debezium reads commands from this table (an incremental snapshot rescores a table) and writes the limits of each chunk to it.
CREATE TABLE IF NOT EXISTS public.rowcast_signal (
    id   varchar(64) PRIMARY KEY,
    type varchar(32) NOT NULL,
    data varchar(2048)
);

COMMENT ON TABLE public.rowcast_signal IS 'Commands to Debezium, such as execute-snapshot, and its own watermarks.';
COMMENT ON COLUMN public.rowcast_signal.id IS 'Any unique name.';
COMMENT ON COLUMN public.rowcast_signal.type IS 'The command, in Debezium''s spelling.';
COMMENT ON COLUMN public.rowcast_signal.data IS 'The command''s arguments, a JSON document.';

-- A slot retains the WAL until its reader confirms it. The heartbeat is a change to confirm while the tables are idle.
CREATE TABLE IF NOT EXISTS public.rowcast_heartbeat (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    beat_at  timestamptz NOT NULL
);

INSERT INTO public.rowcast_heartbeat (beat_at) VALUES (now()) ON CONFLICT DO NOTHING;

COMMENT ON TABLE public.rowcast_heartbeat IS 'One row that Debezium updates periodically.';
COMMENT ON COLUMN public.rowcast_heartbeat.only_row IS 'Keeps the table at one row.';
COMMENT ON COLUMN public.rowcast_heartbeat.beat_at IS 'Time of the last heartbeat.';
