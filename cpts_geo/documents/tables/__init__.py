"""Tables taken away, as CSV or as a workbook."""
