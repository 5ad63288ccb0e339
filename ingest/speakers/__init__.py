"""Who speaks: printed labels, wrong ones, and turns that nobody labelled."""
