-- Both guarded tables as the last release made them that knew no commits, with rows.

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
    CONSTRAINT captured_lsn_fits_a_version CHECK (source_lsn BETWEEN 0 AND (1::bigint << 55) - 1),
    CONSTRAINT captured_operation_is_known CHECK (operation IN ('c', 'u', 'r', 'd')),
    CONSTRAINT captured_delete_is_marked CHECK (deleted = (operation = 'd'))
);

ALTER TABLE public.person_churn_history_captured REPLICA IDENTITY FULL;

CREATE TABLE IF NOT EXISTS public.retention_case (
    customerid     text PRIMARY KEY,
    status         text           NOT NULL DEFAULT 'none',
    case_number    integer        NOT NULL DEFAULT 0,
    probability    double precision,
    threshold      double precision,
    model_version  text,
    opened_at      timestamptz(3),
    closed_at      timestamptz(3),
    closed_because text,
    captured_epoch smallint       NOT NULL DEFAULT 0,
    captured_lsn   bigint         NOT NULL DEFAULT -1,
    CONSTRAINT case_key_is_deliverable
        CHECK (octet_length(customerid) BETWEEN 1 AND 512 AND customerid !~ '[\u0001-\u001f\u007f-\u009f]'),
    CONSTRAINT case_status_is_known CHECK (status IN ('none', 'open', 'closed')),
    CONSTRAINT case_is_counted CHECK (case_number >= 0 AND (case_number = 0) = (status = 'none')),
    CONSTRAINT case_was_opened CHECK ((opened_at IS NULL) = (status = 'none')),
    CONSTRAINT case_closed_says_when_and_why
        CHECK ((closed_at IS NOT NULL) = (status = 'closed') AND (closed_because IS NOT NULL) = (status = 'closed')),
    CONSTRAINT case_reason_is_known CHECK (closed_because IN ('below-threshold', 'deleted')),
    CONSTRAINT case_epoch_fits_a_version CHECK (captured_epoch BETWEEN 0 AND 255),
    CONSTRAINT case_lsn_fits_a_version CHECK (captured_lsn BETWEEN -1 AND (1::bigint << 55) - 1)
);

INSERT INTO public.person_churn_history_captured
    (customerid, tenure, churn_probability, churn_prediction, churn_threshold, model_version, source_epoch, source_lsn, source_ts, operation)
SELECT 'old-' || n, 1, 0.5, 'Yes', 0.2322, 'churn-0', 0, 1000, now(), 'c' FROM generate_series(1, 500) AS n;
