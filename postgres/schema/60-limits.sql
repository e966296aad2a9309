-- The limit of a row's size, the first link of the chain of sizes (docs/decisions/010-one-chain-of-sizes.md). A record that Kafka refuses
-- stops the connector, and with it the changes of every other row. So a row that would become too large is refused here, and its writer
-- receives the reason. SizeChainTest computes from these numbers the size that each later link must admit.

-- Maximum bytes of a row of a source table, as JSON.
CREATE OR REPLACE FUNCTION public.rowcast_largest_row() RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 262144';

-- Maximum bytes of previous in a captured table, as text. Twice a row: JSON escapes a column of type json again, and jsonb writes numbers in
-- full.
CREATE OR REPLACE FUNCTION public.rowcast_largest_previous() RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 524288';

COMMENT ON FUNCTION public.rowcast_largest_row() IS 'Maximum bytes of a row of a source table, as JSON.';
COMMENT ON FUNCTION public.rowcast_largest_previous() IS 'Maximum bytes of previous in a captured table, as text.';

CREATE OR REPLACE FUNCTION public.rowcast_refuse_large_row() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    bytes bigint := octet_length(row_to_json(NEW)::text);
BEGIN
    IF bytes > public.rowcast_largest_row() THEN
        RAISE EXCEPTION 'a row of % has % bytes as JSON, and at most % can be carried to its prediction',
                coalesce(pg_partition_root(TG_RELID), TG_RELID::regclass), bytes, public.rowcast_largest_row()
            USING ERRCODE = 'program_limit_exceeded', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                HINT = 'Keep large values in a table of their own, and a reference to them in this one.';
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION public.rowcast_refuse_large_row() IS 'Refuses a row whose change would be too large for Kafka.';

-- Sets the limit on a source table. Can be repeated. Refuses a table that already holds larger rows, because their next UPDATE would be
-- refused, and their DELETE could stop the connector.
CREATE OR REPLACE FUNCTION public.rowcast_limit_rows(source regclass) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    large_rows text := format('SELECT * FROM %s AS source WHERE octet_length(row_to_json(source)::text) > %s',
        source, public.rowcast_largest_row());
    found bigint;
BEGIN
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = source AND tgname = 'refuse_large_row'
               AND tgfoid = 'public.rowcast_refuse_large_row'::regproc AND tgenabled = 'A') THEN
        RETURN;
    END IF;
    -- An AFTER trigger: only then STORED columns have their values.
    EXECUTE format('CREATE OR REPLACE TRIGGER refuse_large_row AFTER INSERT OR UPDATE ON %s FOR EACH ROW '
        'EXECUTE FUNCTION public.rowcast_refuse_large_row()', source);
    -- Also when a subscription or a restore writes the rows.
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER refuse_large_row', source);
    EXECUTE format('SELECT count(*) FROM (%s) AS large', large_rows) INTO found;
    IF found > 0 THEN
        RAISE EXCEPTION '% has % rows of more than % bytes as JSON, which cannot be carried to their predictions',
                source, found, public.rowcast_largest_row()
            USING ERRCODE = 'program_limit_exceeded', HINT = format('Make them smaller first: %s', large_rows);
    END IF;
END
$$;

COMMENT ON FUNCTION public.rowcast_limit_rows(regclass) IS 'Sets the limit of a row''s size on a source table.';

-- previous contains a row that was within the limit, but a short number can be long when it is written in full (1e300), and a row can be
-- older than the limit. The omission is recorded in previous; the prediction and its position are stored all the same.
CREATE OR REPLACE FUNCTION public.rowcast_limit_previous() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    bytes bigint := octet_length(NEW.previous::text);
BEGIN
    IF bytes > public.rowcast_largest_previous() THEN
        NEW.previous := jsonb_build_object('rowcast_left_out', format(
            'the row before the change: %s bytes, and at most %s are kept', bytes, public.rowcast_largest_previous()));
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION public.rowcast_limit_previous() IS 'Omits a previous whose change would be too large for Kafka.';

REVOKE ALL ON FUNCTION public.rowcast_limit_rows(regclass) FROM PUBLIC;

SELECT public.rowcast_limit_rows('public.person_churn_history');

CREATE OR REPLACE TRIGGER limit_previous BEFORE INSERT OR UPDATE ON public.person_churn_history_captured
    FOR EACH ROW EXECUTE FUNCTION public.rowcast_limit_previous();
