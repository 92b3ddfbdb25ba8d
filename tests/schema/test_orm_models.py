"""The tables that models define, as they are read from source code, which is not run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.schema.orm_models import schema_of_models
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table


def tables(**texts: str) -> dict[str, Table]:
    schema = schema_of_models({f"/site/{name}/models.py": text for name, text in texts.items()})
    return {table.name: table for table in schema.tables}


SQLALCHEMY = """
raise SystemExit("never run")
class Base(DeclarativeBase):
    pass

class Stamped:
    made_at: Mapped[datetime] = mapped_column(DateTime, default=now)

class Customer(Stamped, Base):
    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("name"), {"schema": "sales"})
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]]
    nick: Mapped[str | None] = mapped_column("nick_name", String(20))
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")

class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("sales.customers.id"), nullable=False)
    total = sa.Column(sa.Numeric(10, 2))
    limit = 10
"""


def test_sqlalchemy() -> None:
    found = tables(shop=SQLALCHEMY)
    assert found["customers"] == Table(
        "customers",
        (Column("made_at", "DATETIME"), Column("id", "int"), Column("name", "str"), Column("nick_name", "STRING")),
        "sales",
        ("id",),
    )
    assert found["orders"] == Table(
        "orders",
        (Column("id", "INTEGER"), Column("customer_id", ""), Column("total", "NUMERIC")),
        "",
        ("id",),
        (ForeignKey(("customer_id",), "customers", ("id",)),),
    )


def test_a_class_of_flask_has_a_table_by_its_name() -> None:
    found = tables(shop="class OrderLine(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n")
    assert found["order_line"].columns == (Column("id", "INTEGER"),)


DJANGO = """
from django.db import models
from elsewhere import Tagged

class Stamped(models.Model):
    made = models.DateTimeField(auto_now_add=True)
    class Meta:
        abstract = True

class House(Stamped):
    street = models.CharField(max_length=20)
    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE)
    above = models.ForeignKey("self", null=True, on_delete=models.CASCADE)
    rooms = models.ManyToManyField("Room")
    SIZE = 3

class Room(models.Model):
    code = models.SlugField(primary_key=True, db_column="room_code")
    house = models.OneToOneField(House, on_delete=models.CASCADE, related_name="room")
    class Meta:
        db_table = "all_rooms"

class Odd(Tagged, models.Model):
    size = models.IntegerField()

class View(models.Model):
    class Meta:
        managed = False
"""
PERSON = "from django.db import models\nclass Person(models.Model):\n    name = models.TextField()\n"


def test_django() -> None:
    found = tables(houses=DJANGO, people=PERSON)
    assert set(found) == {"houses_house", "all_rooms", "houses_odd", "people_person"}
    house = found["houses_house"]
    assert [column.name for column in house.columns] == ["id", "made", "street", "owner_id", "above_id"]
    assert house.foreign_keys == (ForeignKey(("owner_id",), "people_person"), ForeignKey(("above_id",), "houses_house"))
    assert (house.primary_key, house.column("street")) == (("id",), Column("street", "CHAR"))
    room = found["all_rooms"]
    assert [column.name for column in room.columns] == ["room_code", "house_id"]
    assert room.primary_key == ("room_code",)


def test_a_model_with_an_unknown_parent_may_have_more_columns() -> None:
    found = tables(houses=DJANGO)
    assert (found["houses_odd"].closed, found["all_rooms"].closed) == (False, True)


@pytest.mark.parametrize("text", ["", "def f(:", "class A: pass", "class A(models.Model, metaclass=x()): a = b = 1"])
def test_what_is_no_model_is_left_out(text: str) -> None:
    assert not [table for table in tables(shop=text).values() if len(table.columns) > 1]


def test_python_does_not_warn_of_what_is_in_the_files(recwarn: pytest.WarningsRecorder) -> None:
    tables(shop='X = "\\d"\n')
    assert not recwarn.list


PIECES = [
    "class A(models.Model):\n",
    " x = models.IntegerField()\n",
    ' __tablename__ = "t"\n',
    " y: Mapped[int]\n",
    "(",
    "=",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_gives_a_schema(text: str) -> None:
    assert isinstance(schema_of_models({"/a/models.py": text}), Schema)
