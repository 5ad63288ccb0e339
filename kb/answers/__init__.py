"""From the passages found to quotes, checked sentences, or silence."""
