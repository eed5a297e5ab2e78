"""Alembic's entry point: runs the revisions on the connection and inside the transaction that `migrate` holds."""

from alembic import context

from pipeboard.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
