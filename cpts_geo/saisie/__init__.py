"""What people type, paste or give, understood."""
