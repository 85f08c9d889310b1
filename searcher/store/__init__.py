"""The Whoosh index on disk: schema, opening, writing, checking."""
