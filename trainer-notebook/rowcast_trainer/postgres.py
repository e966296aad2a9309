"""Reads the labelled rows of the source table, as text, each with its key."""

from collections.abc import Iterator

import psycopg
from psycopg import conninfo, sql

from .data import BLOCK, DataError, Rows, spelling
from .table import TEXTS, Table

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
        connection = psycopg.connect(url, connect_timeout=10, application_name="rowcast trainer")
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        query = _query(connection, table, name)
    except psycopg.Error as error:
        raise _fault(error, name, secrets) from None
    return Rows(
        f"{name} of database {connection.info.dbname}",
        "not stated",
        _rows(connection, query, table, secrets),
        lambda at, row: ", ".join(f"{column} {row[column]}" for column in table.key),
    )


def _secrets(url: str) -> list[str]:
    """The texts that must not be printed. An invalid URL is not printed at all."""
    try:
        password = conninfo.conninfo_to_dict(url).get("password")
    except psycopg.ProgrammingError:
        raise DataError("the Postgres URL cannot be read: postgresql://user@host:port/database is its form") from None
    return [str(password)] if password else []


def _query(connection: psycopg.Connection, table: Table, name: str) -> sql.Composable:
    there = [column for (column,) in connection.execute(COLUMNS, (table.schema, table.name))]
    if not there:
        raise DataError(f"{name}: there is no such table in database {connection.info.dbname}")
    try:
        spelt = {column: spelling(column, there) for column in _wanted(table)}
    except DataError as error:
        raise DataError(f"{name}: {error}") from error
    # ::text gives the digits that Postgres prints, so that a number equals the one in a CSV file.
    texts = [sql.SQL("coalesce({}::text, '')").format(sql.Identifier(column)) for column in spelt.values()]
    return sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
        sql.SQL(", ").join(texts),
        sql.Identifier(table.schema, table.name),
        sql.SQL(", ").join(_rising(spelt[column], kind) for column, kind in table.key.items()),
    )


def _wanted(table: Table) -> list[str]:
    return [*table.key, *table.columns, table.label.name]


def _rows(
    connection: psycopg.Connection, query: sql.Composable, table: Table, secrets: list[str]
) -> Iterator[dict[str, str]]:
    """The rows, fetched in blocks with a cursor on the server: all of them as text may not fit into memory."""
    wanted = _wanted(table)
    try:
        with connection, connection.cursor(name="rowcast_rows") as cursor:
            cursor.itersize = BLOCK
            # Otherwise the database's settings decide how a date is written.
            connection.execute("SET LOCAL datestyle = 'ISO, YMD'")
            for row in cursor.execute(query):
                yield dict(zip(wanted, row))
    except psycopg.Error as error:
        raise _fault(error, f"{table.schema}.{table.name}", secrets) from None


def _fault(error: psycopg.Error, name: str, secrets: list[str]) -> DataError:
    line = " ".join(str(error).split()) or type(error).__name__
    for secret in secrets:
        line = line.replace(secret, "***")
    return DataError(f"{name}: {line}")


def _rising(column: str, kind: str) -> sql.Composable:
    """Texts are sorted by their bytes, so that every database returns the same order."""
    collation = ' COLLATE "C"' if TEXTS.fullmatch(kind) else ""
    return sql.SQL("{}" + collation).format(sql.Identifier(column))
