"""What is to be known of a figure: whom it counts, when and where, how it is made, what it is set beside."""
