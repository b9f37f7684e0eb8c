"""What charts show: series of figures, whoever draws them."""
