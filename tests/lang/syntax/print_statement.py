"""A script with a syntax error in the middle runs nothing."""
print("never printed")
value = [1, 2, 3
print("still never")
