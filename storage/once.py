"""INSERT … ON CONFLICT DO NOTHING, which SQLAlchemy knows per database only."""

from importlib import import_module

from sqlalchemy import Column, Connection, Insert, Table


class InsertOnce:
    """Insert unless a row with the same `unique` columns is there already; returns `returning` where it inserted."""

    def __init__(self, table: Table, unique: list[str], returning: "Column[int] | None" = None):
        self._table = table
        self._unique = unique
        self._returning = returning
        self._statements: dict[str, Insert] = {}

    def on(self, db: Connection) -> Insert:
        """The statement for this database, made once."""
        name = db.dialect.name
        statement = self._statements.get(name)
        if statement is None:
            # Imported on demand: the other database's module would cost every start a tenth of a second.
            insert = import_module(f"sqlalchemy.dialects.{name}").insert
            statement = insert(self._table).on_conflict_do_nothing(index_elements=self._unique)
            if self._returning is not None:
                statement = statement.returning(self._returning)
            self._statements[name] = statement
        return statement
