"""A missing colon."""
print("never")
if True
    print("no")
