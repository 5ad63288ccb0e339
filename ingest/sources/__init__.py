"""Where transcripts come from, and their files as text."""
