"""The store, which is the only truth: its database, its rows, its checks."""
