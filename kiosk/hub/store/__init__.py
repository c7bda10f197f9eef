"""What the hub keeps: SQLAlchemy tables and their migrations, on SQLite and on PostgreSQL."""
