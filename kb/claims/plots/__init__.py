"""Pictures of claims: what is drawn, where, and in which format."""
