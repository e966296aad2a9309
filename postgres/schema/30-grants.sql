-- The rights of each role. Grants that are not listed are revoked, so that removing a line removes the right.

REVOKE ALL ON public.person_churn_history, public.person_churn_history_captured, public.retention_case, public.outboxevent,
    public.rowcast_signal, public.rowcast_heartbeat, public.rowcast_drift, public.rowcast_model FROM PUBLIC, connector, predictor, retention, operator;
REVOKE ALL ON public.person_churn_history_captured, public.retention_case, public.outboxevent, public.rowcast_signal,
    public.rowcast_heartbeat, public.rowcast_drift, public.rowcast_model FROM app;
REVOKE ALL ON FUNCTION public.rowcast_refuse_truncate(), public.rowcast_drop_commit(), public.rowcast_keep_commit(),
    public.rowcast_promote_model(text) FROM PUBLIC;

-- The application reads predictions, cases and live counts and cannot change them.
GRANT SELECT ON public.person_churn_history_captured, public.retention_case, public.rowcast_drift, public.rowcast_model TO app;

-- Debezium reads the captured tables, writes the limits of its snapshot chunks, and its heartbeats.
GRANT SELECT ON public.person_churn_history, public.person_churn_history_captured, public.outboxevent, public.rowcast_signal,
    public.rowcast_heartbeat TO connector;
GRANT INSERT ON public.rowcast_signal TO connector;
GRANT UPDATE ON public.rowcast_heartbeat TO connector;

-- The predictor stores predictions and live counts and deletes nothing. It adds its model, and cannot raise its rank.
GRANT SELECT, INSERT, UPDATE ON public.person_churn_history_captured, public.rowcast_drift TO predictor;
GRANT SELECT, INSERT ON public.rowcast_model TO predictor;

-- To compare the source table with the model's contract, the predictor must see its columns, but none of its rows. information_schema
-- shows the columns of tables on which a role has any privilege; REFERENCES is the privilege that permits no read. It would permit a
-- foreign key from a table of the role, and the predictor cannot create tables.
GRANT REFERENCES ON public.person_churn_history TO predictor;

-- Retention writes cases and deletes none; it inserts events and deletes them again. To delete a row by its key it must read the key.
GRANT SELECT, INSERT, UPDATE ON public.retention_case TO retention;
GRANT INSERT, DELETE, SELECT (id) ON public.outboxevent TO retention;

-- An operator triggers new reads of tables. Debezium reads with the connector's rights, and sends the rows to its own topics only.
GRANT INSERT ON public.rowcast_signal TO operator;

-- An operator who rolls back a model raises its rank first.
GRANT EXECUTE ON FUNCTION public.rowcast_promote_model(text) TO operator;
