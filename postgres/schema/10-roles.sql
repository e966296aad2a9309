-- Roles. Each has only the rights that its part of the path needs. This file contains no password: a cluster reads them from secrets, a
-- local run generates them. Run it as superuser, in the database that holds the tables. It can be repeated.

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
COMMENT ON ROLE operator IS 'The user of kn replay: signals Debezium, reads no row.';

-- A login alone grants no right.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO app, connector, predictor, retention, operator', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO app, connector, predictor, retention, operator;
