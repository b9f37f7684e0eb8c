"""What everything stands on: paths, declared data, French writing."""
