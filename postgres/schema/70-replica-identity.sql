-- Keeps the old row in the WAL when the application changes its tables. Under REPLICA IDENTITY FULL a delete contains the deleted row. But
-- Postgres cannot publish a VIRTUAL generated column, and refuses every UPDATE and DELETE of a table with FULL and such a column, those of
-- the application included. And each partition has its own replica identity, also one that is attached later. So whenever the definition
-- of a table changes, the replica identity of the tables that Rowcast reads is corrected. This never causes such a change to be refused.

-- The tables that Rowcast reads, with their partitions, their current replica identity, and the required one: null when no replica identity
-- lets the application write.
CREATE OR REPLACE VIEW public.rowcast_replica_identity AS
WITH RECURSIVE tables AS (
    SELECT member.prrelid AS relid
    FROM pg_catalog.pg_publication_rel AS member
    JOIN pg_catalog.pg_publication AS publication ON publication.oid = member.prpubid
    WHERE publication.pubname ~ '^rowcast(_|$)' AND publication.pubdelete
    AND member.prrelid NOT IN ('public.rowcast_signal'::regclass, 'public.rowcast_heartbeat'::regclass)
    UNION
    SELECT child.inhrelid
    FROM tables
    JOIN pg_catalog.pg_inherits AS child ON child.inhparent = tables.relid
    JOIN pg_catalog.pg_class AS partition ON partition.oid = child.inhrelid AND partition.relispartition
)
SELECT
    class.oid::regclass AS "table",
    CASE class.relreplident
        WHEN 'f' THEN 'FULL' WHEN 'd' THEN 'DEFAULT' WHEN 'n' THEN 'NOTHING'
        ELSE 'USING INDEX ' || (
            SELECT quote_ident(name.relname) FROM pg_catalog.pg_index AS index
            JOIN pg_catalog.pg_class AS name ON name.oid = index.indexrelid
            WHERE index.indrelid = class.oid AND index.indisreplident)
    END AS identity,
    CASE
        WHEN NOT EXISTS (
            SELECT FROM pg_catalog.pg_attribute AS attribute
            WHERE attribute.attrelid = class.oid AND attribute.attgenerated = 'v' AND NOT attribute.attisdropped) THEN 'FULL'
        ELSE (
            SELECT CASE WHEN index.indisprimary THEN 'DEFAULT' ELSE 'USING INDEX ' || quote_ident(name.relname) END
            FROM pg_catalog.pg_index AS index
            JOIN pg_catalog.pg_class AS name ON name.oid = index.indexrelid
            WHERE index.indrelid = class.oid AND index.indisunique AND index.indisvalid AND index.indimmediate
            AND index.indpred IS NULL AND index.indexprs IS NULL
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_attribute AS attribute
                WHERE attribute.attrelid = class.oid AND attribute.attnum = ANY (index.indkey) AND NOT attribute.attnotnull)
            ORDER BY index.indisprimary DESC, index.indisreplident DESC, name.relname
            LIMIT 1)
    END AS wanted
FROM tables
JOIN pg_catalog.pg_class AS class ON class.oid = tables.relid AND class.relkind IN ('r', 'p');

COMMENT ON VIEW public.rowcast_replica_identity IS 'Tables that Rowcast reads, with their current and their required replica identity.';
COMMENT ON COLUMN public.rowcast_replica_identity."table" IS 'A published table, or a partition of one.';
COMMENT ON COLUMN public.rowcast_replica_identity.identity IS 'Its replica identity.';
COMMENT ON COLUMN public.rowcast_replica_identity.wanted IS
    'The required one: FULL, or a key if a VIRTUAL generated column excludes FULL; null without a key.';

CREATE OR REPLACE FUNCTION public.rowcast_keep_replica_identity() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET lock_timeout = '3s' AS $$
DECLARE
    row record;
BEGIN
    FOR row IN SELECT * FROM public.rowcast_replica_identity WHERE identity IS DISTINCT FROM wanted ORDER BY "table"::text LOOP
        IF row.wanted IS NULL THEN
            RAISE WARNING 'Rowcast: Postgres refuses UPDATE and DELETE of % now', row."table"
                USING DETAIL = 'It is published, has a VIRTUAL generated column, and has no key to say which row a change was of.',
                    HINT = 'Give it a primary key, or drop the column or make it STORED.';
            CONTINUE;
        END IF;
        BEGIN
            EXECUTE format('ALTER TABLE %s REPLICA IDENTITY %s', row."table", row.wanted);
            IF row.wanted = 'FULL' THEN
                RAISE NOTICE 'Rowcast: % has REPLICA IDENTITY FULL now, so that a change says the whole row before it', row."table";
            ELSE
                RAISE NOTICE 'Rowcast: % has REPLICA IDENTITY % now, since it has a VIRTUAL generated column', row."table", row.wanted
                    USING DETAIL = 'Under FULL Postgres would refuse its UPDATE and DELETE. Its predictions say of the row before only the key, '
                        'and an UPDATE that leaves a large value untouched arrives without it and is a dead letter.',
                        HINT = 'A STORED column has neither drawback.';
            END IF;
        EXCEPTION WHEN OTHERS THEN
            RAISE WARNING 'Rowcast: % could not be given REPLICA IDENTITY %: %', row."table", row.wanted, SQLERRM
                USING HINT = 'Try again as a superuser: SELECT public.rowcast_keep_replica_identity()';
        END;
    END LOOP;
END
$$;

COMMENT ON FUNCTION public.rowcast_keep_replica_identity() IS 'Corrects the replica identity of the tables that Rowcast reads.';

-- TRUNCATE of a partition does not fire the trigger of its table, so each partition gets its own.
CREATE OR REPLACE FUNCTION public.rowcast_keep_partitions() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET lock_timeout = '3s' AS $$
DECLARE
    partition regclass;
BEGIN
    FOR partition IN
        SELECT tree.relid
        FROM public.rowcast_replica_identity AS root
        JOIN pg_trigger AS guard ON guard.tgrelid = root."table" AND guard.tgfoid = 'public.rowcast_refuse_truncate'::regproc
        CROSS JOIN LATERAL pg_partition_tree(root."table") AS tree
        WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = tree.relid AND tgfoid = guard.tgfoid)
    LOOP
        BEGIN
            EXECUTE format('CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s '
                'FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_refuse_truncate()', partition);
        EXCEPTION WHEN OTHERS THEN
            RAISE WARNING 'Rowcast: TRUNCATE of % cannot be refused: %', partition, SQLERRM;
        END;
    END LOOP;
END
$$;

COMMENT ON FUNCTION public.rowcast_keep_partitions() IS 'Guards the partitions of the tables that Rowcast reads against TRUNCATE.';

-- Runs with the rights of its owner, because the application may change its own table but not a partition of another owner.
CREATE OR REPLACE FUNCTION public.rowcast_follow_shape() RETURNS event_trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    -- Its own statements change definitions too.
    IF current_setting('rowcast.follows', true) = 'on' THEN
        RETURN;
    END IF;
    PERFORM set_config('rowcast.follows', 'on', true);
    PERFORM public.rowcast_keep_replica_identity();
    PERFORM public.rowcast_keep_partitions();
    PERFORM set_config('rowcast.follows', 'off', true);
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'Rowcast: the replica identity could not be looked after: %', SQLERRM
        USING HINT = 'Try again as a superuser: SELECT public.rowcast_keep_replica_identity()';
END
$$;

COMMENT ON FUNCTION public.rowcast_follow_shape() IS 'Corrects the replica identity when the definition of a table changes.';

REVOKE ALL ON public.rowcast_replica_identity FROM PUBLIC;
REVOKE ALL ON FUNCTION public.rowcast_keep_replica_identity(), public.rowcast_keep_partitions(), public.rowcast_follow_shape() FROM PUBLIC;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'rowcast_follow_shape') THEN
        CREATE EVENT TRIGGER rowcast_follow_shape ON ddl_command_end
            WHEN TAG IN ('ALTER TABLE', 'CREATE TABLE', 'CREATE INDEX', 'DROP INDEX', 'CREATE PUBLICATION', 'ALTER PUBLICATION')
            EXECUTE FUNCTION public.rowcast_follow_shape();
    END IF;
END
$$;

SELECT public.rowcast_keep_replica_identity();
SELECT public.rowcast_keep_partitions();
