"""What Alembic runs for every command: the steps, within the transaction of whoever called."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
