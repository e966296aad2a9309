-- Roles. Each can do what its part of the path needs and nothing more. No password stands here: the cluster takes them from
-- secrets, a local run makes them up. Run by a superuser, in the database that holds the tables, as often as you like.

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['app', 'connector', 'predictor', 'retention', 'operator'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
END
$$;

ALTER ROLE app WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE connector WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE REPLICATION NOBYPASSRLS;
ALTER ROLE predictor WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE retention WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE operator WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

COMMENT ON ROLE app IS 'The application: owns the source table, reads predictions.';
COMMENT ON ROLE connector IS 'Debezium: reads the WAL and the published tables, writes signals and heartbeats.';
COMMENT ON ROLE predictor IS 'The function that scores: writes predictions, reads no source row.';
COMMENT ON ROLE retention IS 'The function that acts: writes cases and their events, reads no other table.';
COMMENT ON ROLE operator IS 'Who runs kn replay: signals Debezium, reads no row.';

-- Nobody gets anything for merely having a login.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO app, connector, predictor, retention, operator', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO app, connector, predictor, retention, operator;
