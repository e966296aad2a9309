-- Checks of the path: each change is captured, each change is read, and the stored positions belong to this database. One view shows all
-- problems, public.rowcast_problems; readiness, the live page, `make status` and the alerts read it.
--
--   fault    changes are not captured, or cannot be distinguished from older ones; a function that reads this path is not ready
--   lost     changes were missed; the command recovers them
--   waiting  changes wait, and are not lost

-- The tables that a connector must capture. They are listed here, because the catalogs do not contain a table that left its publication.
CREATE TABLE IF NOT EXISTS public.rowcast_path (
    publication  text NOT NULL,
    slot         text NOT NULL,
    table_schema text NOT NULL,
    table_name   text NOT NULL,
    role         text NOT NULL,
    PRIMARY KEY (publication, table_schema, table_name),
    CONSTRAINT path_role_is_known CHECK (role IN ('source', 'captured', 'outbox', 'signal', 'heartbeat'))
);

COMMENT ON TABLE public.rowcast_path IS 'The tables that each connector must capture. Written by the schema only.';
COMMENT ON COLUMN public.rowcast_path.publication IS 'The publication that the connector reads.';
COMMENT ON COLUMN public.rowcast_path.slot IS 'The replication slot that it reads from.';
COMMENT ON COLUMN public.rowcast_path.table_schema IS 'Schema of the table.';
COMMENT ON COLUMN public.rowcast_path.table_name IS 'Name of the table.';
COMMENT ON COLUMN public.rowcast_path.role IS 'source, captured, outbox, signal or heartbeat.';

INSERT INTO public.rowcast_path VALUES
    ('rowcast', 'rowcast_churn', 'public', 'person_churn_history', 'source'),
    ('rowcast', 'rowcast_churn', 'public', 'person_churn_history_captured', 'captured'),
    ('rowcast', 'rowcast_churn', 'public', 'rowcast_signal', 'signal'),
    ('rowcast', 'rowcast_churn', 'public', 'rowcast_heartbeat', 'heartbeat'),
    ('rowcast_outbox', 'rowcast_outbox', 'public', 'outboxevent', 'outbox'),
    ('rowcast_outbox', 'rowcast_outbox', 'public', 'rowcast_heartbeat', 'heartbeat')
ON CONFLICT (publication, table_schema, table_name) DO UPDATE SET slot = excluded.slot, role = excluded.role;

-- A position belongs to one history of the log. Positions of two databases, or of two timelines of one, cannot be compared.
CREATE TABLE IF NOT EXISTS public.rowcast_source (
    epoch             smallint    PRIMARY KEY,
    system_identifier bigint      NOT NULL,
    timeline          integer     NOT NULL,
    recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT source_epoch_fits_a_version CHECK (epoch BETWEEN 0 AND 255)
);

COMMENT ON TABLE public.rowcast_source IS 'For each epoch the history of the log to which its positions belong. Written by public.rowcast_other_history only.';
COMMENT ON COLUMN public.rowcast_source.epoch IS 'ROWCAST_SOURCE_EPOCH of the first function that used it.';
COMMENT ON COLUMN public.rowcast_source.system_identifier IS 'The database cluster, as initdb numbered it.';
COMMENT ON COLUMN public.rowcast_source.timeline IS 'Its timeline: a promotion or a recovery to a point in time begins a new one.';
COMMENT ON COLUMN public.rowcast_source.recorded_at IS 'When the epoch was first used.';

-- Periods in which a table was not captured, and whether the missed changes are recovered.
CREATE TABLE IF NOT EXISTS public.rowcast_gap (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    publication   text        NOT NULL,
    table_schema  text        NOT NULL,
    table_name    text        NOT NULL,
    opened_at     timestamptz NOT NULL,
    opened_lsn    pg_lsn      NOT NULL,
    opened_in     xid8        NOT NULL,
    closed_at     timestamptz,
    closed_lsn    pg_lsn,
    recaptured_at timestamptz
);

COMMENT ON TABLE public.rowcast_gap IS 'Periods in which a table was not captured. Written by event trigger rowcast_note_gaps and by public.rowcast_recapture.';
COMMENT ON COLUMN public.rowcast_gap.id IS 'Its number.';
COMMENT ON COLUMN public.rowcast_gap.publication IS 'The publication that omitted the table, or a part of its changes.';
COMMENT ON COLUMN public.rowcast_gap.table_schema IS 'Schema of the table.';
COMMENT ON COLUMN public.rowcast_gap.table_name IS 'Name of the table.';
COMMENT ON COLUMN public.rowcast_gap.opened_at IS 'When the gap began.';
COMMENT ON COLUMN public.rowcast_gap.opened_lsn IS 'End of the log at that time.';
COMMENT ON COLUMN public.rowcast_gap.opened_in IS 'The transaction that began it.';
COMMENT ON COLUMN public.rowcast_gap.closed_at IS 'When the gap ended; null while it lasts.';
COMMENT ON COLUMN public.rowcast_gap.closed_lsn IS 'End of the log at that time.';
COMMENT ON COLUMN public.rowcast_gap.recaptured_at IS 'When the missed changes were recovered; null until then.';

-- The end of the log at each heartbeat of the last hour: a slot that has not confirmed an old heartbeat is behind by that time.
CREATE TABLE IF NOT EXISTS public.rowcast_beat (
    beat_at timestamptz PRIMARY KEY,
    lsn     pg_lsn      NOT NULL
);

COMMENT ON TABLE public.rowcast_beat IS 'The heartbeats of the last hour. Written by the trigger on rowcast_heartbeat.';
COMMENT ON COLUMN public.rowcast_beat.beat_at IS 'Time of the heartbeat.';
COMMENT ON COLUMN public.rowcast_beat.lsn IS 'End of the log at that time.';

CREATE OR REPLACE FUNCTION public.rowcast_note_beat() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.rowcast_beat
    SELECT clock_timestamp(), pg_current_wal_insert_lsn()
    WHERE NOT EXISTS (SELECT FROM public.rowcast_beat WHERE beat_at > clock_timestamp() - interval '5 s')
    ON CONFLICT DO NOTHING;
    DELETE FROM public.rowcast_beat WHERE beat_at < clock_timestamp() - interval '1 h';
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER rowcast_note_beat AFTER UPDATE ON public.rowcast_heartbeat
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_note_beat();

-- The current history of this server. pg_walfile_name returns a new timeline before the first checkpoint on it.
CREATE OR REPLACE FUNCTION public.rowcast_history(OUT system_identifier bigint, OUT timeline integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT control.system_identifier,
           ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::integer
    FROM pg_control_system() AS control
$$;

-- Returns a table that stores positions of this epoch beyond the end of the log: they belong to a lost log. Checked once for each epoch.
CREATE OR REPLACE FUNCTION public.rowcast_beyond_the_log(wanted integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    guarded record;
    is_beyond boolean;
BEGIN
    FOR guarded IN
        SELECT t.tgrelid::regclass AS name, a.attname AS lsn, replace(a.attname, '_lsn', '_epoch') AS epoch
        FROM pg_trigger t JOIN pg_attribute a ON a.attrelid = t.tgrelid AND NOT a.attisdropped
        WHERE t.tgname = 'rowcast_same_history' AND a.attname IN ('source_lsn', 'captured_lsn')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1 AND %I > $2)', guarded.name, guarded.epoch, guarded.lsn)
            INTO is_beyond USING wanted, (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint;
        IF is_beyond THEN
            RETURN guarded.name;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- Returns why a function with this epoch must not store anything here; null if it may. The first function with an epoch higher than any
-- recorded one records the current history for it.
CREATE OR REPLACE FUNCTION public.rowcast_other_history(wanted integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    live record;
    known public.rowcast_source;
    beyond text;
BEGIN
    SELECT * INTO live FROM public.rowcast_history();
    SELECT * INTO known FROM public.rowcast_source ORDER BY epoch DESC LIMIT 1;
    IF known.epoch > wanted THEN
        RETURN format('ROWCAST_SOURCE_EPOCH is %s, but epoch %s is in use here since %s: set it to %s in every function',
            wanted, known.epoch, to_char(known.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), known.epoch);
    END IF;
    IF known.epoch IS NULL OR known.epoch < wanted THEN
        beyond := public.rowcast_beyond_the_log(wanted);
        IF beyond IS NOT NULL THEN
            RETURN format('ROWCAST_SOURCE_EPOCH is %s, but table %s holds positions of that epoch that are beyond the end of this log (%s):'
                ' it was restored from another database; raise it in every function (docs/decisions/006-a-restore-raises-the-epoch.md)',
                wanted, beyond, pg_current_wal_insert_lsn());
        END IF;
        INSERT INTO public.rowcast_source VALUES (wanted, live.system_identifier, live.timeline) ON CONFLICT DO NOTHING;
        SELECT * INTO known FROM public.rowcast_source WHERE epoch = wanted;
    END IF;
    IF known.system_identifier <> live.system_identifier OR known.timeline <> live.timeline THEN
        RETURN format('ROWCAST_SOURCE_EPOCH is %s, which is recorded for database %s, timeline %s, but this is database %s, timeline %s:'
            ' raise it in every function (docs/decisions/006-a-restore-raises-the-epoch.md)',
            wanted, known.system_identifier, known.timeline, live.system_identifier, live.timeline);
    END IF;
    RETURN NULL;
END
$$;

-- Each insert of predictions or cases is compared with the history, on every connection: nothing is stored between a reconnect and the next
-- check. A session without an epoch does not belong to a function. Class 3D is a fault of the setup: the function answers 503.
CREATE OR REPLACE FUNCTION public.rowcast_same_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    problem text;
BEGIN
    IF coalesce(current_setting('rowcast.epoch', true), '') <> '' THEN
        problem := public.rowcast_other_history(current_setting('rowcast.epoch')::integer);
        IF problem IS NOT NULL THEN
            RAISE EXCEPTION '%', problem USING ERRCODE = '3DR01';
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON public.person_churn_history_captured
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();
CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON public.retention_case
    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();

-- After a fail-over to a standby that lost nothing (synchronous replication), positions continue: the epoch is kept on the new timeline. A
-- database with another system identifier never has the same history.
CREATE OR REPLACE FUNCTION public.rowcast_keep_epoch() RETURNS TABLE (epoch smallint, timeline integer)
    LANGUAGE sql SET search_path = '' AS $$
    UPDATE public.rowcast_source AS known SET timeline = live.timeline
    FROM public.rowcast_history() AS live
    WHERE known.system_identifier = live.system_identifier
      AND known.epoch = (SELECT max(epoch) FROM public.rowcast_source)
    RETURNING known.epoch, known.timeline
$$;

-- Why the changes of a watched table, or a part of them, do not reach its connector: one row for each reason.
CREATE OR REPLACE VIEW public.rowcast_uncaptured AS
WITH watched AS (
    SELECT path.*, format('%I.%I', path.table_schema, path.table_name) AS name, format('%I', path.publication) AS quoted,
           relation.oid AS relation, relation.relkind, publication.oid AS published, publication.puballtables,
           publication.pubviaroot, publication.pubgencols, membership.prrelid, membership.prqual, membership.prattrs,
           CASE path.role WHEN 'outbox' THEN 'insert, update' ELSE 'insert, update, delete' END AS kinds,
           concat_ws(' or ',
               CASE WHEN NOT publication.pubinsert AND path.role <> 'heartbeat' THEN 'inserts' END,
               CASE WHEN NOT publication.pubupdate AND path.role IN ('source', 'captured', 'heartbeat') THEN 'updates' END,
               CASE WHEN NOT publication.pubdelete AND path.role IN ('source', 'captured') THEN 'deletes' END) AS left_out
    FROM public.rowcast_path AS path
    LEFT JOIN pg_catalog.pg_namespace AS space ON space.nspname = path.table_schema
    LEFT JOIN pg_catalog.pg_class AS relation
        ON relation.relnamespace = space.oid AND relation.relname = path.table_name AND relation.relkind IN ('r', 'p')
    LEFT JOIN pg_catalog.pg_publication AS publication ON publication.pubname = path.publication
    LEFT JOIN pg_catalog.pg_publication_rel AS membership
        ON membership.prpubid = publication.oid AND membership.prrelid = relation.oid
), listing AS (
    SELECT watched.publication, watched.relation,
           string_agg(format('%I', attribute.attname), ', ' ORDER BY attribute.attnum)
               FILTER (WHERE attribute.attgenerated = 's' AND watched.prattrs IS NULL AND watched.pubgencols <> 's') AS generated,
           string_agg(format('%I', attribute.attname), ', ' ORDER BY attribute.attnum)
               FILTER (WHERE watched.prattrs IS NOT NULL AND attribute.attgenerated <> 'v'
                       AND attribute.attnum <> ALL (watched.prattrs::int2[])) AS unlisted
    FROM watched JOIN pg_catalog.pg_attribute AS attribute
        ON attribute.attrelid = watched.relation AND attribute.attnum > 0 AND NOT attribute.attisdropped
    GROUP BY watched.publication, watched.relation
)
SELECT watched.publication, watched.table_schema, watched.table_name, watched.role, reason.problem, reason.command
FROM watched
LEFT JOIN listing ON listing.publication = watched.publication AND listing.relation = watched.relation
CROSS JOIN LATERAL (
    SELECT format('publication %s does not exist: changes of table %s are not captured', watched.quoted, watched.name) AS problem,
           format('CREATE PUBLICATION %s FOR TABLE %s WITH (publish = %L, publish_via_partition_root = true,'
                  ' publish_generated_columns = stored)', watched.quoted,
                  (SELECT string_agg(format('%I.%I', every.table_schema, every.table_name), ', ')
                   FROM public.rowcast_path AS every WHERE every.publication = watched.publication),
                  (SELECT min(every.kinds) FROM watched AS every WHERE every.publication = watched.publication
                   AND every.role NOT IN ('signal', 'heartbeat'))) AS command
    WHERE watched.published IS NULL
    UNION ALL
    SELECT format('table %s does not exist', watched.name), 'apply its schema again: postgres/schema, or make schema MODEL=<its model>'
    WHERE watched.relation IS NULL
    UNION ALL
    SELECT format('table %s is not in publication %s: its changes are not captured', watched.name, watched.quoted),
           format('ALTER PUBLICATION %s ADD TABLE %s', watched.quoted, watched.name)
    WHERE watched.published IS NOT NULL AND watched.relation IS NOT NULL AND watched.prrelid IS NULL AND NOT watched.puballtables
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication_namespace AS whole
                      JOIN pg_catalog.pg_class AS relation ON relation.relnamespace = whole.pnnspid
                      WHERE whole.pnpubid = watched.published AND relation.oid = watched.relation)
    UNION ALL
    SELECT format('publication %s leaves out %s: those of table %s are not captured', watched.quoted, watched.left_out, watched.name),
           format('ALTER PUBLICATION %s SET (publish = %L)', watched.quoted,
                  (SELECT min(every.kinds) FROM watched AS every WHERE every.publication = watched.publication
                   AND every.role NOT IN ('signal', 'heartbeat')))
    WHERE watched.left_out <> ''
    UNION ALL
    SELECT format('publication %s leaves out rows of table %s: it takes only those WHERE %s', watched.quoted, watched.name,
                  pg_catalog.pg_get_expr(watched.prqual, watched.prrelid)),
           format('BEGIN; ALTER PUBLICATION %s DROP TABLE %s; ALTER PUBLICATION %1$s ADD TABLE %2$s; COMMIT', watched.quoted, watched.name)
    WHERE watched.prqual IS NOT NULL
    UNION ALL
    SELECT format('publication %s leaves out columns of table %s: %s', watched.quoted, watched.name, listing.unlisted),
           format('BEGIN; ALTER PUBLICATION %s DROP TABLE %s; ALTER PUBLICATION %1$s ADD TABLE %2$s; COMMIT', watched.quoted, watched.name)
    WHERE listing.unlisted IS NOT NULL
    UNION ALL
    SELECT format('publication %s leaves out generated columns of table %s, so that Postgres refuses to update and delete its rows: %s',
                  watched.quoted, watched.name, listing.generated),
           format('ALTER PUBLICATION %s SET (publish_generated_columns = stored)', watched.quoted)
    WHERE listing.generated IS NOT NULL
    UNION ALL
    SELECT format('publication %s sends the changes of the partitions of table %s under their own names: they are not captured',
                  watched.quoted, watched.name),
           format('ALTER PUBLICATION %s SET (publish_via_partition_root = true)', watched.quoted)
    WHERE watched.relkind = 'p' AND NOT watched.pubviaroot
) AS reason;

COMMENT ON VIEW public.rowcast_uncaptured IS 'Why changes of watched tables are not captured now; empty when all are. Read public.rowcast_problems instead.';

-- All problems of the path. Empty when there is none.
CREATE OR REPLACE VIEW public.rowcast_problems AS
WITH slots AS (
    SELECT path.publication, path.slot, path.tables, slot.slot_name, slot.active, slot.inactive_since, slot.wal_status, slot.failover,
           slot.confirmed_flush_lsn,
           format('SELECT pg_create_logical_replication_slot(%L, ''pgoutput'', false, false, true)', path.slot) AS make_it,
           path.recapture
    FROM (SELECT publication, slot, string_agg(format('%I.%I', table_schema, table_name), ', ') AS tables,
                 string_agg(format('SELECT public.rowcast_recapture(%L)', format('%I.%I', table_schema, table_name)), '; ')
                     FILTER (WHERE role IN ('source', 'outbox')) AS recapture
          FROM public.rowcast_path GROUP BY publication, slot) AS path
    LEFT JOIN pg_catalog.pg_replication_slots AS slot ON slot.slot_name = path.slot
), history AS (
    SELECT known.epoch, known.system_identifier, known.timeline,
           live.system_identifier AS live_identifier, live.timeline AS live_timeline
    FROM (SELECT * FROM public.rowcast_source ORDER BY epoch DESC LIMIT 1) AS known, public.rowcast_history() AS live
)
SELECT publication, CASE WHEN role IN ('signal', 'heartbeat') THEN 'waiting' ELSE 'fault' END AS severity, problem, command
FROM public.rowcast_uncaptured
UNION ALL
SELECT path.publication, 'fault',
       format('table %I.%I has not REPLICA IDENTITY FULL: its changes come without the old row', space.nspname, leaf.relname),
       format('ALTER TABLE %I.%I REPLICA IDENTITY FULL', space.nspname, leaf.relname)
FROM public.rowcast_path AS path
JOIN pg_catalog.pg_class AS relation
    ON relation.oid = to_regclass(format('%I.%I', path.table_schema, path.table_name))
CROSS JOIN LATERAL (
    SELECT relation.oid WHERE relation.relkind = 'r'
    UNION ALL
    SELECT tree.relid FROM pg_catalog.pg_partition_tree(relation.oid) AS tree WHERE relation.relkind = 'p' AND tree.isleaf
) AS part
JOIN pg_catalog.pg_class AS leaf ON leaf.oid = part.oid
JOIN pg_catalog.pg_namespace AS space ON space.oid = leaf.relnamespace
WHERE path.role IN ('source', 'captured') AND leaf.relreplident <> 'f'
  -- With a virtual column and FULL, Postgres would refuse updates and deletes; the primary key is used instead.
  AND NOT (leaf.relreplident = 'd'
           AND EXISTS (SELECT FROM pg_catalog.pg_attribute
                       WHERE attrelid = leaf.oid AND attgenerated = 'v' AND NOT attisdropped)
           AND EXISTS (SELECT FROM pg_catalog.pg_index WHERE indrelid = leaf.oid AND indisprimary))
UNION ALL
SELECT path.publication, 'fault',
       format('table %I.%I does not refuse changes of another history of the log', path.table_schema, path.table_name),
       'apply its schema again: postgres/schema, or make schema MODEL=<its model>'
FROM public.rowcast_path AS path
WHERE path.role = 'captured' AND to_regclass(format('%I.%I', path.table_schema, path.table_name)) IS NOT NULL
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger
                  WHERE tgrelid = to_regclass(format('%I.%I', path.table_schema, path.table_name))
                    AND tgname = 'rowcast_same_history' AND tgenabled IN ('O', 'A'))
UNION ALL
SELECT publication, 'fault', format('slot %s does not exist: changes of %s are lost', slot, tables), concat_ws('; ', make_it, recapture)
FROM slots WHERE slot_name IS NULL
UNION ALL
SELECT publication, 'fault', format('slot %s is lost: its reader was absent for too long, and changes of %s are lost', slot, tables),
       concat_ws('; ', format('SELECT pg_drop_replication_slot(%L)', slot), make_it, recapture)
FROM slots WHERE wal_status = 'lost'
UNION ALL
SELECT publication, 'lost',
       format('slot %s was made anew by its connector, not by postgres/schema: changes of %s before that are lost', slot, tables),
       concat_ws('; ', format('stop its connector, then SELECT pg_drop_replication_slot(%L)', slot), make_it, recapture)
FROM slots WHERE NOT failover AND wal_status <> 'lost'
UNION ALL
SELECT publication, 'fault',
       format('slot %s is confirmed up to %s, beyond the end of the log: its connector has the offsets of another database', slot,
              confirmed_flush_lsn),
       'reset the offsets of its connector and raise ROWCAST_SOURCE_EPOCH (docs/decisions/006-a-restore-raises-the-epoch.md)'
FROM slots WHERE confirmed_flush_lsn > pg_catalog.pg_current_wal_insert_lsn()
UNION ALL
SELECT publication, 'waiting',
       format('slot %s has had no reader since %s: changes of %s wait', slot,
              to_char(inactive_since AT TIME ZONE 'UTC', 'HH24:MI:SS "UTC"'), tables),
       format('restart its connector; for its state: make status, or GET /connectors/<its name>/status (slot.name %s)', slot)
FROM slots WHERE NOT active AND wal_status <> 'lost' AND inactive_since < clock_timestamp() - interval '30 s'
UNION ALL
SELECT publication, 'waiting',
       format('slot %s has confirmed nothing that was written after %s: changes of %s wait', slot,
              to_char(beat.since AT TIME ZONE 'UTC', 'HH24:MI:SS "UTC"'), tables),
       format('check whether its connector fails repeatedly: make status, or GET /connectors/<its name>/status (slot.name %s)', slot)
FROM slots CROSS JOIN LATERAL (
    SELECT min(beat_at) AS since FROM public.rowcast_beat WHERE lsn > slots.confirmed_flush_lsn) AS beat
WHERE active AND beat.since < clock_timestamp() - interval '60 s'
  AND pg_catalog.pg_postmaster_start_time() < clock_timestamp() - interval '60 s'
UNION ALL
SELECT publication, 'waiting', format('slot %s retains more WAL than max_slot_wal_keep_size, and will be lost', slot),
       format('restart its connector, or raise max_slot_wal_keep_size; slot.name %s', slot)
FROM slots WHERE wal_status = 'unreserved'
UNION ALL
SELECT path.publication, 'waiting',
       format('no connector has sent a heartbeat since %s', to_char(heart.beat_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')),
       'check that the connectors run and may update public.rowcast_heartbeat: make status'
FROM public.rowcast_heartbeat AS heart, (SELECT DISTINCT publication FROM public.rowcast_path) AS path
WHERE heart.beat_at < clock_timestamp() - interval '60 s'
  AND pg_catalog.pg_postmaster_start_time() < clock_timestamp() - interval '60 s'
UNION ALL
SELECT gap.publication, 'lost',
       format('changes of table %I.%I were not captured between %s and %s (%s to %s)', gap.table_schema, gap.table_name,
              to_char(min(gap.opened_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
              to_char(max(gap.closed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), min(gap.opened_lsn), max(gap.closed_lsn)),
       format('SELECT public.rowcast_recapture(%L)', format('%I.%I', gap.table_schema, gap.table_name))
FROM public.rowcast_gap AS gap WHERE gap.closed_at IS NOT NULL AND gap.recaptured_at IS NULL
GROUP BY gap.publication, gap.table_schema, gap.table_name
UNION ALL
SELECT path.publication, 'fault',
       format('epoch %s is recorded for database %s, timeline %s, but this is database %s, timeline %s', history.epoch,
              history.system_identifier, history.timeline, history.live_identifier, history.live_timeline),
       'raise ROWCAST_SOURCE_EPOCH in every function (docs/decisions/006-a-restore-raises-the-epoch.md);'
       ' only after a fail-over that lost nothing: SELECT public.rowcast_keep_epoch()'
FROM history, (SELECT DISTINCT publication FROM public.rowcast_path) AS path
WHERE (history.system_identifier, history.timeline) <> (history.live_identifier, history.live_timeline);

COMMENT ON VIEW public.rowcast_problems IS 'Current problems of the path of changes, each with the command that fixes it; empty when there is none.';
COMMENT ON COLUMN public.rowcast_problems.publication IS 'The publication of the path.';
COMMENT ON COLUMN public.rowcast_problems.severity IS 'fault: not captured, or of another history; lost: changes were missed; waiting: changes wait.';
COMMENT ON COLUMN public.rowcast_problems.problem IS 'The problem, in one line.';
COMMENT ON COLUMN public.rowcast_problems.command IS 'The command that fixes it, in one line; run SQL as superuser.';

-- The problems that concern a function that uses this table under this epoch. Its connection must have the epoch set, or no insert is
-- checked.
CREATE OR REPLACE FUNCTION public.rowcast_check(wanted integer, schema_name text, relation_name text)
    RETURNS TABLE (severity text, problem text, command text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    severity := 'fault';
    problem := public.rowcast_other_history(wanted);
    command := 'SELECT * FROM public.rowcast_source';
    IF problem IS NOT NULL THEN
        RETURN NEXT;
        RETURN;
    END IF;
    IF current_setting('rowcast.epoch', true) IS DISTINCT FROM wanted::text THEN
        problem := 'the connection has lost its setting rowcast.epoch, as behind a pooler of transactions';
        command := 'connect to Postgres without the pooler';
        RETURN NEXT;
    END IF;
    IF NOT EXISTS (SELECT FROM public.rowcast_path WHERE table_schema = schema_name AND table_name = relation_name) THEN
        problem := format('table %I.%I is not in public.rowcast_path: nothing watches whether its changes are captured',
            schema_name, relation_name);
        command := 'make schema MODEL=<its model>, and apply what it prints';
        RETURN NEXT;
    END IF;
    RETURN QUERY
    SELECT found.severity, found.problem, found.command FROM public.rowcast_problems AS found
    WHERE found.publication IN (SELECT publication FROM public.rowcast_path
                                WHERE table_schema = schema_name AND table_name = relation_name)
    ORDER BY found.severity, found.problem;
END
$$;

-- Records when a watched table stops being captured, and when it is captured again.
CREATE OR REPLACE FUNCTION public.rowcast_note_gaps() RETURNS event_trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.rowcast_gap (publication, table_schema, table_name, opened_at, opened_lsn, opened_in)
    SELECT DISTINCT lost.publication, lost.table_schema, lost.table_name, clock_timestamp(), pg_current_wal_insert_lsn(),
           pg_current_xact_id()
    FROM public.rowcast_uncaptured AS lost
    WHERE lost.role IN ('source', 'captured', 'outbox')
      AND NOT EXISTS (SELECT FROM public.rowcast_gap AS known
                      WHERE (known.publication, known.table_schema, known.table_name)
                          = (lost.publication, lost.table_schema, lost.table_name) AND known.closed_at IS NULL);
    -- A transaction is atomic for all others: a table that leaves and returns within one has no gap.
    DELETE FROM public.rowcast_gap AS known
    WHERE known.closed_at IS NULL AND known.opened_in = pg_current_xact_id()
      AND NOT EXISTS (SELECT FROM public.rowcast_uncaptured AS lost
                      WHERE (known.publication, known.table_schema, known.table_name)
                          = (lost.publication, lost.table_schema, lost.table_name));
    UPDATE public.rowcast_gap AS known SET closed_at = clock_timestamp(), closed_lsn = pg_current_wal_insert_lsn()
    WHERE known.closed_at IS NULL
      AND NOT EXISTS (SELECT FROM public.rowcast_uncaptured AS lost
                      WHERE (known.publication, known.table_schema, known.table_name)
                          = (lost.publication, lost.table_schema, lost.table_name));
END
$$;

DROP EVENT TRIGGER IF EXISTS rowcast_note_gaps;
CREATE EVENT TRIGGER rowcast_note_gaps ON ddl_command_end
    WHEN TAG IN ('CREATE PUBLICATION', 'ALTER PUBLICATION', 'DROP PUBLICATION', 'ALTER TABLE', 'DROP TABLE', 'ALTER SCHEMA', 'DROP SCHEMA')
    EXECUTE FUNCTION public.rowcast_note_gaps();

-- Recovers missed changes: rows that differ from the captured table are written again unchanged, and rows that are captured but no longer
-- exist are deleted again. Each becomes a change in the log, with its own position. The application's triggers do not fire. Rows of the
-- captured table that were stored during a gap are written again unchanged; a missed event of the outbox cannot be recovered.
CREATE OR REPLACE FUNCTION public.rowcast_recapture(wanted regclass) RETURNS TABLE (written bigint, deleted bigint)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    path public.rowcast_path;
    captured regclass;
    own text;
    plain text;
    key text;
    source_row text;
    captured_row text;
BEGIN
    SELECT known.* INTO path FROM public.rowcast_path AS known
    WHERE to_regclass(format('%I.%I', known.table_schema, known.table_name)) = wanted
      AND known.role IN ('source', 'captured', 'outbox');
    IF path IS NULL THEN
        RAISE EXCEPTION 'Table % is no source, captured or outbox table of public.rowcast_path', wanted;
    END IF;
    written := 0;
    deleted := 0;
    PERFORM set_config('session_replication_role', 'replica', true);
    IF path.role = 'captured' THEN
        EXECUTE format('UPDATE %s SET operation = operation WHERE predicted_at >= $1', wanted)
            USING (SELECT min(gap.opened_at) - interval '1 min' FROM public.rowcast_gap AS gap
                   WHERE gap.table_schema = path.table_schema AND gap.table_name = path.table_name AND gap.recaptured_at IS NULL);
        GET DIAGNOSTICS written = ROW_COUNT;
    ELSIF path.role = 'source' THEN
        SELECT to_regclass(format('%I.%I', known.table_schema, known.table_name)) INTO STRICT captured
        FROM public.rowcast_path AS known WHERE known.publication = path.publication AND known.role = 'captured';
        SELECT string_agg(format('kept.%I = source.%1$I', attribute.attname), ' AND ') INTO STRICT key
        FROM pg_catalog.pg_index AS main
        JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = captured AND attribute.attnum = ANY (main.indkey)
        WHERE main.indrelid = captured AND main.indisprimary;
        SELECT string_agg(format('source.%I::text', ours.attname), ', ' ORDER BY ours.attnum),
               string_agg(format('kept.%I::text', ours.attname), ', ' ORDER BY ours.attnum),
               string_agg(format('%I', ours.attname), ', ' ORDER BY ours.attnum) FILTER (WHERE ours.attgenerated = '')
        INTO source_row, captured_row, own
        FROM pg_catalog.pg_attribute AS ours
        JOIN pg_catalog.pg_attribute AS theirs
            ON theirs.attrelid = captured AND theirs.attname = ours.attname AND theirs.attnum > 0 AND NOT theirs.attisdropped
        WHERE ours.attrelid = wanted AND ours.attnum > 0 AND NOT ours.attisdropped;
        SELECT format('%I', attribute.attname) INTO STRICT plain
        FROM pg_catalog.pg_attribute AS attribute
        WHERE attribute.attrelid = wanted AND attribute.attnum > 0 AND NOT attribute.attisdropped
          AND attribute.attgenerated = '' AND attribute.attidentity <> 'a'
        ORDER BY attribute.attnum DESC LIMIT 1;
        EXECUTE format(
            'UPDATE %s AS source SET %s = source.%2$s WHERE NOT EXISTS (SELECT FROM %s AS kept WHERE %s AND NOT kept.deleted'
            ' AND ROW(%s) IS NOT DISTINCT FROM ROW(%s))', wanted, plain, captured, key, source_row, captured_row);
        GET DIAGNOSTICS written = ROW_COUNT;
        EXECUTE format(
            'CREATE TEMP TABLE rowcast_gone ON COMMIT DROP AS SELECT kept.* FROM %s AS kept'
            ' WHERE NOT kept.deleted AND NOT EXISTS (SELECT FROM %s AS source WHERE %s)', captured, wanted, key);
        EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM pg_temp.rowcast_gone', wanted, own);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        EXECUTE format('DELETE FROM %s AS source USING pg_temp.rowcast_gone AS kept WHERE %s', wanted, key);
        DROP TABLE pg_temp.rowcast_gone;
    END IF;
    UPDATE public.rowcast_gap AS gap SET recaptured_at = clock_timestamp()
    WHERE gap.table_schema = path.table_schema AND gap.table_name = path.table_name AND gap.closed_at IS NOT NULL;
    RETURN NEXT;
END
$$;

-- Readers of the problems: all roles that may have to act on them. The functions query only their own. The superuser owns the rest.
REVOKE ALL ON public.rowcast_path, public.rowcast_source, public.rowcast_gap, public.rowcast_beat, public.rowcast_uncaptured,
    public.rowcast_problems FROM PUBLIC, app, connector, predictor, retention, operator, pg_monitor;
GRANT SELECT ON public.rowcast_problems TO app, operator, pg_monitor;
GRANT SELECT ON public.rowcast_path TO pg_monitor;
GRANT USAGE ON SCHEMA public TO pg_monitor;
DO $$
BEGIN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO pg_monitor', current_database());
END
$$;
REVOKE ALL ON FUNCTION public.rowcast_note_beat(), public.rowcast_beyond_the_log(integer), public.rowcast_other_history(integer),
    public.rowcast_same_history(), public.rowcast_keep_epoch(), public.rowcast_check(integer, text, text), public.rowcast_note_gaps(),
    public.rowcast_recapture(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rowcast_check(integer, text, text) TO predictor, retention;
