-- The place in the WAL that Debezium reads from. It is made with the tables, not by the connector, so that no change
-- between the two is missed. A fail-over slot: standbys that synchronise slots keep it.
-- Alone in its file, because a slot cannot be made in a transaction that has written.

SELECT pg_create_logical_replication_slot('rowcast_churn', 'pgoutput', temporary => false, twophase => false, failover => true)
WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'rowcast_churn');
