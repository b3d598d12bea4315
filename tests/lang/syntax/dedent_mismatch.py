"""A dedent that fits no outer level."""
if True:
        print(1)
    print(2)
