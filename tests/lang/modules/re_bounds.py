# Patterns beyond the bounds of the library that matches them.
import re

for pattern in "()" * 65536, "(?<=a{65536})b", "(?:(?:(?:ab){1000}){1000}){1000}":
    try:
        print(re.compile(pattern).groups)
    except re.error as error:
        print(error)
