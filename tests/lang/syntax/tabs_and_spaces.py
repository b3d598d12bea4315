"""Tabs mixed with spaces."""
if True:
        x = 1
	y = 2
