"""Places in lines with characters of several bytes."""
name = "é€😀"; print(name) ; x = = 5
