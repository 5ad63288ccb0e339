"""PostgreSQL as the store of many machines, and as their index."""
