"""What the figures of a table are: rates or counts, how they are written, which rows tell them."""
