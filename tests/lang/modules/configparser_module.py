"""configparser: reading, values that refer to others, errors, writing."""
import configparser
import io


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


TEXT = """\
[DEFAULT]
root = /srv
port: 80
; a comment
[web]
Path = %(root)s/web
debug = yes
text = first
    second

    fourth
ratio=1.5
empty =
percent = 50%%
[db]
path = %(missing)s
loop = %(loop)s
host = ${web:path}
"""
parser = configparser.ConfigParser()
parser.read_string(TEXT)
print(parser.sections(), parser.default_section, "web" in parser, len(parser))
print(dict(parser["web"]))
print(parser.getint("web", "port"), parser.getfloat("web", "ratio"), parser.getboolean("web", "debug"),
      parser["web"].getint("port"), parser.get("web", "none", fallback="-"),
      parser["web"].get("none"), parser.get("web", "path", raw=True),
      parser.get("web", "path", vars={"Root": "/else"}))
for section, option in (("db", "path"), ("db", "loop"), ("db", "none"), ("none", "x"), ("web", "text")):
    print(repr(shown(parser.get, section, option)))
print(shown(parser.getboolean, "web", "ratio"), shown(parser.set, "web", "x", 1),
      shown(parser.set, "web", "x", "%"), shown(parser.add_section, "web"),
      shown(parser.add_section, "DEFAULT"), shown(parser.__getitem__, "nothing"))
for bad in ("x = 1", "[a]\nx\n", "[a]\nx=1\nx=2", "[a]\n[a]", "[a]\n=1"):
    print(repr(shown(configparser.ConfigParser().read_string, bad)))
extended = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(),
                                     allow_no_value=True, inline_comment_prefixes="#",
                                     delimiters=("=",), strict=False)
extended.read_string("[web]\npath = /w # where\nflag\na:b = c$$\n[x]\nhost = ${web:path}/${own}\nown = 1\nown = 2")
print({s: dict(extended[s]) for s in extended})
raw = configparser.RawConfigParser({"b": "2"}, converters={"list": str.split})
raw.optionxform = str
raw.read_dict({"S": {"Key": "a b %(c)s", "N": 3}})
print(raw.getlist("S", "Key"), raw["S"].getlist("N"), raw.items("S"), raw.has_option("S", "key"),
      raw.remove_option("S", "N"), raw.remove_section("T"), list(raw.converters))
raw["T"] = {"long": "one\ntwo"}
del raw["S"]
out = io.StringIO()
raw.write(out)
parser.write(out, space_around_delimiters=False)
print(out.getvalue())
print(parser.popitem(), parser.sections(), repr(raw["T"]), raw == raw, raw.defaults())
