"""Reads the labelled rows of the source table, as text, each with its key."""

import psycopg
from psycopg import conninfo, sql

from . import cells
from .data import DataError, Rows
from .table import Table

COLUMNS = """
SELECT a.attname FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
"""


def read(url: str, table: Table) -> Rows:
    """The rows in the order of their keys, read in one transaction.

    Raises `DataError`, which never contains the password.
    """
    name = f"{table.schema}.{table.name}"
    try:
        secrets = _secrets(url)
        with psycopg.connect(url, connect_timeout=10, application_name="rowcast trainer") as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            return _rows(connection, table, name)
    except psycopg.Error as error:
        line = " ".join(str(error).split()) or type(error).__name__
        for secret in secrets:
            line = line.replace(secret, "***")
        raise DataError(f"{name}: {line}") from None


def _secrets(url: str) -> list[str]:
    """The texts that must not be printed. An invalid URL is not printed at all."""
    try:
        password = conninfo.conninfo_to_dict(url).get("password")
    except psycopg.ProgrammingError:
        raise DataError("the Postgres URL cannot be read: postgresql://user@host:port/database is its form") from None
    return [str(password)] if password else []


def _rows(connection: psycopg.Connection, table: Table, name: str) -> Rows:
    there = [column for (column,) in connection.execute(COLUMNS, (table.schema, table.name))]
    if not there:
        raise DataError(f"{name}: there is no such table in database {connection.info.dbname}")
    label = table.label.name
    wanted = [*table.key, *table.feature_names, label]
    # ::text gives the digits that Postgres prints, so that a number equals the one in a CSV file.
    texts = [sql.SQL("coalesce({}::text, '')").format(sql.Identifier(_spelt(column, there, name))) for column in wanted]
    query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
        sql.SQL(", ").join(texts),
        sql.Identifier(table.schema, table.name),
        sql.SQL(", ").join(_rising(_spelt(column, there, name), kind) for column, kind in table.key.items()),
    )
    found = [dict(zip(wanted, row)) for row in connection.execute(query)]
    rows = [row for row in found if not cells.blank(row[label])]
    if not rows:
        raise DataError(f"{name}: no row has a label ({len(found)} rows, {label} is blank in each)")
    places = [", ".join(f"{column} {row[column]}" for column in table.key) for row in rows]
    unlabelled = {f"without {label}": len(found) - len(rows)} if len(found) > len(rows) else {}
    return Rows(f"{name} of database {connection.info.dbname}", "not stated", rows, places, unlabelled)


def _rising(column: str, kind: str) -> sql.Composable:
    """Texts are sorted by their bytes, so that every database returns the same order."""
    collation = ' COLLATE "C"' if kind == "text" else ""
    return sql.SQL("{}" + collation).format(sql.Identifier(column))


def _spelt(column: str, there: list[str], name: str) -> str:
    """The column's name in the database, which may differ in case."""
    spellings = [found for found in there if found.lower() == column]
    if not spellings:
        raise DataError(f"{name}: column {column} is missing")
    if column not in spellings and len(spellings) > 1:
        raise DataError(f"{name}: column {column} occurs more than once, as {' and '.join(spellings)}")
    return column if column in spellings else spellings[0]
