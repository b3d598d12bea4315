"""What the modules about HTTP share."""
