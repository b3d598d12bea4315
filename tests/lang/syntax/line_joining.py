"""Line continuation, comments, blank lines, semicolons, odd layout."""
x = 1 + \
    2 + \
    3
print(x)
y = (1
     + 2  # comment inside

     + 3
)
print(y); print("two"); print("three");
if x: print("a"); print("b")
z = [
    1,
    2,  # trailing
    # only a comment

]
print(z)


def f(a,
      b=2,
      *args,
      **kw
      ) -> None:

    # comment first

    "docstring"

    return (
        a)


print(f(
    1
), f.__doc__)
if (x
        > 5
        and y):
    print("parenthesised condition")
s = """line 1
  line 2 # not a comment
\
line 3"""
print(s)
class A: x = 1; y = 2
print(A.x, A.y)
def one(): return 1
print(one())
for i in range(2): print(i, end=" ");
print()
if 1:
  if 1:
      print("uneven but consistent")
  else:
     pass
# a comment at an odd place
        # deeper comment
print("after comments")
while 0: pass
else: print("else")
try: pass
finally: print("finally")
print("no newline at the end of the file")
