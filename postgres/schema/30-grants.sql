-- What each role may do. Grants that are not listed are taken away, so that a file that says less also means less.

REVOKE ALL ON public.person_churn_history, public.person_churn_history_captured, public.retention_case, public.outboxevent,
    public.rowcast_signal, public.rowcast_heartbeat, public.rowcast_drift, public.rowcast_model FROM PUBLIC, connector, predictor, retention, operator;
REVOKE ALL ON public.person_churn_history_captured, public.retention_case, public.outboxevent, public.rowcast_signal,
    public.rowcast_heartbeat, public.rowcast_drift, public.rowcast_model FROM app;
REVOKE ALL ON FUNCTION public.rowcast_refuse_truncate(), public.rowcast_drop_commit(), public.rowcast_keep_commit(),
    public.rowcast_promote_model(text) FROM PUBLIC;

-- The application reads predictions, cases and live counts and cannot touch them.
GRANT SELECT ON public.person_churn_history_captured, public.retention_case, public.rowcast_drift, public.rowcast_model TO app;

-- Debezium reads what it captures, writes the borders of its snapshot chunks, and beats.
GRANT SELECT ON public.person_churn_history, public.person_churn_history_captured, public.outboxevent, public.rowcast_signal,
    public.rowcast_heartbeat TO connector;
GRANT INSERT ON public.rowcast_signal TO connector;
GRANT UPDATE ON public.rowcast_heartbeat TO connector;

-- The predictor stores predictions and live counts and deletes nothing. It adds its model, and cannot raise its rank.
GRANT SELECT, INSERT, UPDATE ON public.person_churn_history_captured, public.rowcast_drift TO predictor;
GRANT SELECT, INSERT ON public.rowcast_model TO predictor;

-- To hold the source table against the model's contract it must see that table's columns, and no row of it. information_schema
-- shows the columns of tables on which one has any privilege; REFERENCES is the one that reads nothing. It would allow a foreign key
-- from a table of one's own, and the predictor can create none.
GRANT REFERENCES ON public.person_churn_history TO predictor;

-- Retention keeps cases and deletes none; it inserts events and removes them again. To remove a row by its key it must read the key.
GRANT SELECT, INSERT, UPDATE ON public.retention_case TO retention;
GRANT INSERT, DELETE, SELECT (id) ON public.outboxevent TO retention;

-- An operator has tables read again. What is read, and by which condition, is read with the connector's rights, and goes to its topics only.
GRANT INSERT ON public.rowcast_signal TO operator;

-- An operator who rolls back a model raises its rank first.
GRANT EXECUTE ON FUNCTION public.rowcast_promote_model(text) TO operator;
