-- The replication slots of Debezium, one per connector. They are created with the tables, not by the connectors, so that no change and no
-- event in between is missed. They are fail-over slots: standbys that synchronise slots keep them.
-- They have their own file, because a slot cannot be created in a transaction that has written.

SELECT pg_create_logical_replication_slot(wanted, 'pgoutput', temporary => false, twophase => false, failover => true)
FROM (VALUES ('rowcast_churn'), ('rowcast_outbox')) AS slots (wanted)
WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = wanted);
