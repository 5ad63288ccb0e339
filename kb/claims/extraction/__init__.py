"""Claims from the words of a document; ``kb.claims.extract`` is the way in."""
