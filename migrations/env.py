"""Alembic's environment: the schema of the house on the connection it is given."""

from alembic import context
from alembic.autogenerate.render import _repr_type
from sqlalchemy.types import TypeDecorator

from employer_portal.operations.schema import METADATA


def render_item(kind, item, autogenerate_context):
    """Write our own column types by what they are in the database, so that revisions need no import of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return _repr_type(item.impl_instance, autogenerate_context)
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
