"""Which table is learned from: its columns, their types and its label."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Feature:
    """A column that the model reads. A `number` that is missing is NaN, a `category` that is missing is ""."""

    name: str
    type: Literal["category", "number"]
    missing: Literal["impute", "reject"] = "impute"


@dataclass(frozen=True)
class Label:
    """The column that the model predicts, and its two values."""

    name: str
    positive: str
    negative: str


@dataclass(frozen=True)
class Table:
    """A source table, the table its predictions go to, and the columns in the source table's order."""

    model: str
    schema: str
    name: str
    captured: str
    key: tuple[str, ...]
    features: tuple[Feature, ...]
    label: Label
    meaning: str

    @property
    def feature_names(self) -> list[str]:
        return [feature.name for feature in self.features]

    @property
    def categories(self) -> list[str]:
        return [feature.name for feature in self.features if feature.type == "category"]

    @property
    def numbers(self) -> list[str]:
        return [feature.name for feature in self.features if feature.type == "number"]


CHURN = Table(
    model="churn",
    schema="public",
    name="person_churn_history",
    captured="person_churn_history_captured",
    key=("customerid",),
    features=(
        Feature("gender", "category"),
        Feature("seniorcitizen", "number"),
        Feature("partner", "category"),
        Feature("dependents", "category"),
        Feature("tenure", "number"),
        Feature("phoneservice", "category"),
        Feature("multiplelines", "category"),
        Feature("internetservice", "category"),
        Feature("onlinesecurity", "category"),
        Feature("onlinebackup", "category"),
        Feature("deviceprotection", "category"),
        Feature("techsupport", "category"),
        Feature("streamingtv", "category"),
        Feature("streamingmovies", "category"),
        Feature("contract", "category"),
        Feature("paperlessbilling", "category"),
        Feature("paymentmethod", "category"),
        Feature("monthlycharges", "number"),
        Feature("totalcharges", "number"),
    ),
    label=Label("churn", positive="Yes", negative="No"),
    meaning="probability that the customer leaves",
)
