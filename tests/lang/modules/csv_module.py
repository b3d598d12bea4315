"""csv: reading and writing in several dialects, errors, dicts, guessing."""
import csv
import io


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def read(text, **settings):
    return shown(lambda: list(csv.reader(io.StringIO(text, newline=""), **settings)))


for text in ('a,b,c\r\n1,"x,y","q""q"\n', '"multi\nline",2\n', "a,,\n\n,\n", 'a"b,c"d\n', '"a"b,c\n', "", "a\rb", 'x,"open',
             " a, b\n"):
    print(repr(text), read(text))
print(read("a;b|c\n1;'2;3'", delimiter=";", quotechar="'"), read(" a,  b", skipinitialspace=True),
      read("a\\,b,c", escapechar="\\"), read('1,"2",x', quoting=csv.QUOTE_NONNUMERIC), read('"a",b', quoting=csv.QUOTE_NONE),
      read('"a"b', strict=True), read('"a', strict=True), read("a\tb", dialect="excel-tab"))
for settings in ({}, {"quoting": csv.QUOTE_ALL}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"},
                 {"delimiter": "\t", "lineterminator": "\n"}, {"dialect": "unix"}, {"quotechar": "'"},
                 {"doublequote": False, "escapechar": "\\"}, {"quoting": csv.QUOTE_NONE}):
    out = io.StringIO()
    writer = csv.writer(out, **settings)
    rows = [["a", 1, 2.5, None], ["x,y", 'q"q', "l1\nl2", "tab\t", ""], [""], [], ["it's"]]
    print([shown(writer.writerow, row) for row in rows], repr(out.getvalue()))
for bad in ({"delimiter": ""}, {"delimiter": 1}, {"quotechar": ""}, {"quoting": 9}, {"nothing": 1}, {"dialect": "none"},
            {"lineterminator": None}):
    print(shown(csv.reader, [], **bad))
print(shown(csv.writer, None), shown(csv.writer(io.StringIO()).writerow, 5), shown(next, csv.reader([b"x"])))
reader = csv.DictReader(["name,age", "Ann,5,extra", "", "Bob"])
print(reader.fieldnames, list(reader), reader.line_num)
out = io.StringIO()
writer = csv.DictWriter(out, ["a", "b"], restval="-")
print(writer.writeheader(), writer.writerow({"a": 1}), shown(writer.writerow, {"c": 1}))
writer.writerows([{"b": 2, "a": 3}])
print(repr(out.getvalue()), csv.list_dialects(), csv.field_size_limit())
csv.register_dialect("mine", delimiter=":", quoting=csv.QUOTE_ALL)
print(read("a:b", dialect="mine"), csv.get_dialect("mine").delimiter, csv.get_dialect("mine").quoting)
csv.unregister_dialect("mine")
print(shown(csv.unregister_dialect, "mine"), shown(csv.get_dialect, "mine"))
for sample in ("a;b;c\n1;2;3\n4;5;6\n", "'x','y'\n'1','2'\n", "name\tcity\nA\tB\n", '"a", "b"\n"c", "d"\n'):
    dialect = csv.Sniffer().sniff(sample)
    print(repr(dialect.delimiter), repr(dialect.quotechar), dialect.skipinitialspace, csv.Sniffer().has_header(sample))
