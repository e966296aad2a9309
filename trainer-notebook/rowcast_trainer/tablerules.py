"""What the parts of a table file must be to each other: names that clash, and names that nothing has."""

from .table import OWN_COLUMNS, Label, Table, TableError


def check(table: Table) -> None:
    """Raises `TableError`."""
    columns, label = table.columns, table.label
    if table.captured == table.name:
        raise TableError(f"source.captured is {table.captured}, the same as source.table")
    if label.name in columns:
        raise TableError(f"label.name: {label.name} is a feature too")
    if isinstance(label, Label) and label.positive == label.negative:
        raise TableError(f"label.negative is {label.negative!r}, the same as label.positive")
    for column in table.key:
        if column in columns or column == label.name:
            raise TableError(f"source.key: {column} is a feature or the label too")
    for column in columns:
        of = [feature for feature in table.features if feature.column == column]
        if len({feature.sql for feature in of}) > 1 or (len(of) > 1 and not of[0].moment):
            raise TableError(f"features: {of[1].name} reads column {column} again, which only parts of one moment can")
    own = (*OWN_COLUMNS, *(f"{label.name}_{suffix}" for suffix in label.own))
    for place, names in (("source.key", table.key), ("features", columns), ("label.name", [label.name])):
        for column in names:
            if column in own:
                raise TableError(f"{place}: {column} clashes with a column of the captured table")
    for column in table.report.subgroups:
        if column not in table.feature_names:
            raise TableError(f"report.subgroups: {column} is no feature")
    if table.published:
        for part in ("columns", "values"):
            for column in getattr(table.published, part):
                if column not in (*columns, label.name):
                    raise TableError(f"published.{part}: {column} is neither a feature nor the label")
