"""Words and sentences of transcripts."""
