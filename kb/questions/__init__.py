"""What is asked, of whom, and of what kind the answer is."""
