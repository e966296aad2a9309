-- The places in the WAL that Debezium reads from, one a connector. They are made with the tables, not by the connectors, so that no
-- change and no event between the two is missed. Fail-over slots: standbys that synchronise slots keep them.
-- Alone in their file, because a slot cannot be made in a transaction that has written.

SELECT pg_create_logical_replication_slot(wanted, 'pgoutput', temporary => false, twophase => false, failover => true)
FROM (VALUES ('rowcast_churn'), ('rowcast_outbox')) AS slots (wanted)
WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = wanted);
