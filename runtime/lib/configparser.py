"""INI files: sections of options, with values that may refer to other options."""

from collections import ChainMap as _ChainMap
from collections.abc import MutableMapping
import functools
import io
import itertools
import os
import re
import sys
import warnings

__all__ = ["NoSectionError", "DuplicateOptionError", "DuplicateSectionError", "NoOptionError",
           "InterpolationError", "InterpolationDepthError", "InterpolationMissingOptionError",
           "InterpolationSyntaxError", "ParsingError", "MissingSectionHeaderError", "ConfigParser",
           "SafeConfigParser", "RawConfigParser", "Interpolation", "BasicInterpolation",
           "ExtendedInterpolation", "LegacyInterpolation", "SectionProxy", "ConverterMapping",
           "DEFAULTSECT", "MAX_INTERPOLATION_DEPTH"]

_default_dict = dict
DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()

# ---- errors


class Error(Exception):
    """Base of the errors of this module."""

    def __init__(self, msg=""):
        self.message = msg
        Exception.__init__(self, msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    """A section that does not exist."""

    def __init__(self, section):
        Error.__init__(self, f"No section: {section!r}")
        self.section = section
        self.args = (section,)


def _where(source, lineno):
    """Beginning of a message about a file."""
    line = "" if lineno is None else f" [line {lineno:2d}]"
    return f"While reading from {source!r}{line}: "


class DuplicateSectionError(Error):
    """A section that is there twice in one source, or is added again."""

    def __init__(self, section, source=None, lineno=None):
        text = f"ection {section!r} already exists"
        Error.__init__(self, "S" + text if source is None else _where(source, lineno) + "s" + text)
        self.section = section
        self.source = source
        self.lineno = lineno
        self.args = (section, source, lineno)


class DuplicateOptionError(Error):
    """An option that is there twice in one source."""

    def __init__(self, section, option, source=None, lineno=None):
        text = f"ption {option!r} in section {section!r} already exists"
        Error.__init__(self, "O" + text if source is None else _where(source, lineno) + "o" + text)
        self.section = section
        self.option = option
        self.source = source
        self.lineno = lineno
        self.args = (section, option, source, lineno)


class NoOptionError(Error):
    """An option that does not exist."""

    def __init__(self, option, section):
        Error.__init__(self, f"No option {option!r} in section: {section!r}")
        self.option = option
        self.section = section
        self.args = (option, section)


class InterpolationError(Error):
    """Base of the errors of values that refer to others."""

    def __init__(self, option, section, msg):
        Error.__init__(self, msg)
        self.option = option
        self.section = section
        self.args = (option, section, msg)


class InterpolationMissingOptionError(InterpolationError):
    """A value refers to an option that does not exist."""

    def __init__(self, option, section, rawval, reference):
        InterpolationError.__init__(
            self, option, section,
            f"Bad value substitution: option {option!r} in section {section!r} contains an "
            f"interpolation key {reference!r} which is not a valid option name. Raw value: "
            f"{rawval!r}")
        self.reference = reference
        self.args = (option, section, rawval, reference)


class InterpolationSyntaxError(InterpolationError):
    """A reference that is not well formed."""


class InterpolationDepthError(InterpolationError):
    """References that go on for too long."""

    def __init__(self, option, section, rawval):
        InterpolationError.__init__(
            self, option, section,
            f"Recursion limit exceeded in value substitution: option {option!r} in section "
            f"{section!r} contains an interpolation key which cannot be substituted in "
            f"{MAX_INTERPOLATION_DEPTH} steps. Raw value: {rawval!r}")
        self.args = (option, section, rawval)


class ParsingError(Error):
    """Lines that could not be understood."""

    def __init__(self, source=None, filename=None):
        if filename and source:
            raise ValueError("Cannot specify both `filename' and `source'. Use `source'.")
        if not filename and not source:
            raise ValueError("Required argument `source' not given.")
        if filename:
            source = filename
        Error.__init__(self, f"Source contains parsing errors: {source!r}")
        self.source = source
        self.errors = []
        self.args = (source,)

    def _warn_filename(self):
        warnings.warn("The 'filename' attribute will be removed in Python 3.12. Use 'source' "
                      "instead.", DeprecationWarning, stacklevel=3)

    @property
    def filename(self):
        """Old name of source."""
        self._warn_filename()
        return self.source

    @filename.setter
    def filename(self, value):
        self._warn_filename()
        self.source = value

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += f"\n\t[line {lineno:2d}]: {line}"


class MissingSectionHeaderError(ParsingError):
    """An option before the first section."""

    def __init__(self, filename, lineno, line):
        Error.__init__(self, f"File contains no section headers.\nfile: {filename!r}, line: "
                             f"{lineno}\n{line!r}")
        self.source = filename
        self.lineno = lineno
        self.line = line
        self.args = (filename, lineno, line)

# ---- interpolation


class Interpolation:
    """What happens to values when they are read or set; here nothing."""

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value


class BasicInterpolation(Interpolation):
    """%(name)s stands for an option of the same or of the default section; %% for %."""

    _KEYCRE = re.compile(r"%\(([^)]+)\)s")

    def before_get(self, parser, section, option, value, defaults):
        parts = []
        self._interpolate_some(parser, option, parts, value, section, defaults, 1)
        return "".join(parts)

    def before_set(self, parser, section, option, value):
        rest = self._KEYCRE.sub("", value.replace("%%", ""))
        if "%" in rest:
            raise ValueError(f"invalid interpolation syntax in {value!r} at position "
                             f"{rest.find('%')}")
        return value

    def _interpolate_some(self, parser, option, accum, rest, section, map, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        while rest:
            before, percent, _ = rest.partition("%")
            if before:
                accum.append(before)
            if not percent:
                return
            rest = rest[len(before):]
            following = rest[1:2]
            if following == "%":
                accum.append("%")
                rest = rest[2:]
            elif following == "(":
                match = self._KEYCRE.match(rest)
                if match is None:
                    raise InterpolationSyntaxError(
                        option, section, f"bad interpolation variable reference {rest!r}")
                name = parser.optionxform(match.group(1))
                rest = rest[match.end():]
                try:
                    value = map[name]
                except KeyError:
                    raise InterpolationMissingOptionError(option, section, raw, name) from None
                if "%" in value:
                    self._interpolate_some(parser, option, accum, value, section, map, depth + 1)
                else:
                    accum.append(value)
            else:
                raise InterpolationSyntaxError(
                    option, section, f"'%' must be followed by '%' or '(', found: {rest!r}")


class ExtendedInterpolation(Interpolation):
    """${name} or ${section:name} stands for an option; $$ for $."""

    _KEYCRE = re.compile(r"\$\{([^}]+)\}")

    def before_get(self, parser, section, option, value, defaults):
        parts = []
        self._interpolate_some(parser, option, parts, value, section, defaults, 1)
        return "".join(parts)

    def before_set(self, parser, section, option, value):
        rest = self._KEYCRE.sub("", value.replace("$$", ""))
        if "$" in rest:
            raise ValueError(f"invalid interpolation syntax in {value!r} at position "
                             f"{rest.find('$')}")
        return value

    def _interpolate_some(self, parser, option, accum, rest, section, map, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        while rest:
            before, dollar, _ = rest.partition("$")
            if before:
                accum.append(before)
            if not dollar:
                return
            rest = rest[len(before):]
            following = rest[1:2]
            if following == "$":
                accum.append("$")
                rest = rest[2:]
                continue
            if following != "{":
                raise InterpolationSyntaxError(
                    option, section, f"'$' must be followed by '$' or '{{', found: {rest!r}")
            match = self._KEYCRE.match(rest)
            if match is None:
                raise InterpolationSyntaxError(
                    option, section, f"bad interpolation variable reference {rest!r}")
            path = match.group(1).split(":")
            rest = rest[match.end():]
            target_section, target_option = section, option
            try:
                if len(path) == 1:
                    target_option = parser.optionxform(path[0])
                    value = map[target_option]
                elif len(path) == 2:
                    target_section, target_option = path[0], parser.optionxform(path[1])
                    value = parser.get(target_section, target_option, raw=True)
                else:
                    raise InterpolationSyntaxError(option, section,
                                                   f"More than one ':' found: {rest!r}")
            except (KeyError, NoSectionError, NoOptionError):
                raise InterpolationMissingOptionError(option, section, raw,
                                                      ":".join(path)) from None
            if "$" in value:
                self._interpolate_some(parser, target_option, accum, value, target_section,
                                       dict(parser.items(target_section, raw=True)), depth + 1)
            else:
                accum.append(value)


class LegacyInterpolation(Interpolation):
    """The % operator with the options of the section, over and over."""

    _KEYCRE = re.compile(r"%\(([^)]*)\)s|.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        warnings.warn("LegacyInterpolation has been deprecated since Python 3.2 and will be "
                      "removed from the configparser module in Python 3.13. Use "
                      "BasicInterpolation or ExtendedInterpolation instead.",
                      DeprecationWarning, stacklevel=2)

    def before_get(self, parser, section, option, value, vars):
        raw = value
        for _ in range(MAX_INTERPOLATION_DEPTH):
            if not value or "%(" not in value:
                break
            value = self._KEYCRE.sub(functools.partial(self._replace, parser=parser), value)
            try:
                value = value % vars
            except KeyError as problem:
                raise InterpolationMissingOptionError(option, section, raw,
                                                      problem.args[0]) from None
        if value and "%(" in value:
            raise InterpolationDepthError(option, section, raw)
        return value

    def before_set(self, parser, section, option, value):
        return value

    @staticmethod
    def _replace(match, parser):
        name = match.group(1)
        return match.group() if name is None else f"%({parser.optionxform(name)})s"

# ---- parsers


class _Reading:
    """Where the reading of one source stands."""

    def __init__(self):
        self.section_name = None
        self.section = None     # the dict of the section
        self.option = None
        self.indent = 0
        self.seen = set()       # sections and (section, option) pairs of this source
        self.error = None


class RawConfigParser(MutableMapping):
    """Reads, changes and writes INI files; values are used as they are."""

    # How a section header and an option line look; placeholders are filled per parser.
    _SECT_TMPL = r"""
        \[                  # an opening bracket
        (?P<header>.+)      # the name, brackets included
        \]                  # the last closing bracket
        """
    _OPT_TMPL = r"""
        (?P<option>.*?)         # as little as possible, up to
        \s*(?:(?P<vi>{delim})\s*  # a delimiter with blanks around it
        (?P<value>.*))$         # and all the rest
        """
    _OPT_NV_TMPL = r"""
        (?P<option>.*?)
        \s*(?:(?P<vi>{delim})\s*
        (?P<value>.*))?$        # the value may be missing
        """
    _DEFAULT_INTERPOLATION = Interpolation()
    SECTCRE = re.compile(_SECT_TMPL, re.VERBOSE)
    OPTCRE = re.compile(_OPT_TMPL.format(delim="=|:"), re.VERBOSE)
    OPTCRE_NV = re.compile(_OPT_NV_TMPL.format(delim="=|:"), re.VERBOSE)
    NONSPACECRE = re.compile(r"\S")
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True,
                      "0": False, "no": False, "false": False, "off": False}

    def __init__(self, defaults=None, dict_type=_default_dict, allow_no_value=False, *,
                 delimiters=("=", ":"), comment_prefixes=("#", ";"), inline_comment_prefixes=None,
                 strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT,
                 interpolation=_UNSET, converters=_UNSET):
        self._dict = dict_type
        self._sections = self._dict()
        self._defaults = self._dict()
        self._converters = ConverterMapping(self)
        self._proxies = self._dict()
        self._proxies[default_section] = SectionProxy(self, default_section)
        self._delimiters = tuple(delimiters)
        if delimiters == ("=", ":"):
            self._optcre = self.OPTCRE_NV if allow_no_value else self.OPTCRE
        else:
            any_delimiter = "|".join(re.escape(d) for d in delimiters)
            template = self._OPT_NV_TMPL if allow_no_value else self._OPT_TMPL
            self._optcre = re.compile(template.format(delim=any_delimiter), re.VERBOSE)
        self._comment_prefixes = tuple(comment_prefixes or ())
        self._inline_comment_prefixes = tuple(inline_comment_prefixes or ())
        self._strict = strict
        self._allow_no_value = allow_no_value
        self._empty_lines_in_values = empty_lines_in_values
        self.default_section = default_section
        self._interpolation = interpolation
        if self._interpolation is _UNSET:
            self._interpolation = self._DEFAULT_INTERPOLATION
        if self._interpolation is None:
            self._interpolation = Interpolation()
        if not isinstance(self._interpolation, Interpolation):
            raise TypeError(f"interpolation= must be None or an instance of Interpolation; got "
                            f"an object of type {type(self._interpolation)}")
        if converters is not _UNSET:
            self._converters.update(converters)
        if defaults:
            self._read_defaults(defaults)

    # ---- sections

    def defaults(self):
        """The options of the default section."""
        return self._defaults

    def sections(self):
        """Names of the sections, without the default one."""
        return list(self._sections.keys())

    def add_section(self, section):
        """Makes a new section."""
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = self._dict()
        self._proxies[section] = SectionProxy(self, section)

    def has_section(self, section):
        """Whether there is a section of the name; the default one does not count."""
        return section in self._sections

    def options(self, section):
        """Names of a section's options, those of the default section included."""
        try:
            names = self._sections[section].copy()
        except KeyError:
            raise NoSectionError(section) from None
        names.update(self._defaults)
        return list(names.keys())

    def remove_section(self, section):
        """Removes a section; tells whether it was there."""
        existed = section in self._sections
        if existed:
            del self._sections[section]
            del self._proxies[section]
        return existed

    def popitem(self):
        """Removes the first section but the default one; gives its name and proxy."""
        for key in self.sections():
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    # ---- reading

    def read(self, filenames, encoding=None):
        """Reads the files that exist; gives the list of their names."""
        if isinstance(filenames, (str, bytes, os.PathLike)):
            filenames = [filenames]
        encoding = io.text_encoding(encoding)
        done = []
        for filename in filenames:
            try:
                with open(filename, encoding=encoding) as file:
                    self._read(file, filename)
            except OSError:
                continue
            if isinstance(filename, os.PathLike):
                filename = os.fspath(filename)
            done.append(filename)
        return done

    def read_file(self, f, source=None):
        """Reads the lines of an iterable; source is for messages."""
        if source is None:
            source = getattr(f, "name", "<???>")
        self._read(f, source)

    def read_string(self, string, source="<string>"):
        """Reads text."""
        self.read_file(io.StringIO(string), source)

    def read_dict(self, dictionary, source="<dict>"):
        """Takes over sections and options of a mapping of mappings."""
        seen = set()
        for section, keys in dictionary.items():
            section = str(section)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in seen:
                    raise
            seen.add(section)
            for key, value in keys.items():
                key = self.optionxform(str(key))
                if value is not None:
                    value = str(value)
                if self._strict and (section, key) in seen:
                    raise DuplicateOptionError(section, key, source)
                seen.add((section, key))
                self.set(section, key, value)

    def readfp(self, fp, filename=None):
        """Old name of read_file."""
        warnings.warn("This method will be removed in Python 3.12. Use 'parser.read_file()' "
                      "instead.", DeprecationWarning, stacklevel=2)
        self.read_file(fp, source=filename)

    def _without_comment(self, line):
        """(line without comments and blanks around it, whether it had a comment)"""
        end = len(line)
        for prefix in self._inline_comment_prefixes:
            at = line.find(prefix)
            while at >= 0:
                if at == 0 or line[at - 1].isspace():
                    end = min(end, at)
                    break
                at = line.find(prefix, at + 1)
        commented = end < len(line)
        if any(line.strip().startswith(prefix) for prefix in self._comment_prefixes):
            commented, end = True, 0
        return line[:end].strip(), commented

    def _read(self, fp, fpname):
        """Reads all lines, then raises the first error of form, if any."""
        state = _Reading()
        for lineno, line in enumerate(fp, start=1):
            value, commented = self._without_comment(line)
            if not value:
                if self._empty_lines_in_values:
                    # An empty line goes on with a value, a comment does not end it.
                    if (not commented and state.section is not None and state.option
                            and state.section[state.option] is not None):
                        state.section[state.option].append("")
                else:
                    state.indent = sys.maxsize      # no line can continue the value
                continue
            first = self.NONSPACECRE.search(line)
            indent = first.start() if first else 0
            if state.section is not None and state.option and indent > state.indent:
                if state.section[state.option] is None:
                    state.error = self._handle_error(state.error, fpname, lineno, line)
                else:
                    state.section[state.option].append(value)
                continue
            state.indent = indent
            header = self.SECTCRE.match(value)
            if header:
                self._begin_section(state, header.group("header"), fpname, lineno)
            elif state.section is None:
                raise MissingSectionHeaderError(fpname, lineno, line)
            else:
                self._read_option(state, value, fpname, lineno, line)
        self._join_multiline_values()
        if state.error:
            raise state.error

    def _begin_section(self, state, name, fpname, lineno):
        state.section_name = name
        state.option = None
        if name in self._sections:
            if self._strict and name in state.seen:
                raise DuplicateSectionError(name, fpname, lineno)
            state.section = self._sections[name]
        elif name == self.default_section:
            state.section = self._defaults
            return
        else:
            state.section = self._sections[name] = self._dict()
            self._proxies[name] = SectionProxy(self, name)
        state.seen.add(name)

    def _read_option(self, state, text, fpname, lineno, line):
        match = self._optcre.match(text)
        if not match:
            state.error = self._handle_error(state.error, fpname, lineno, line)
            return
        name, _, value = match.group("option", "vi", "value")
        if not name:
            state.error = self._handle_error(state.error, fpname, lineno, line)
        state.option = self.optionxform(name.rstrip())
        place = state.section_name, state.option
        if self._strict and place in state.seen:
            raise DuplicateOptionError(*place, fpname, lineno)
        state.seen.add(place)
        # Values are lists of lines until all is read.
        state.section[state.option] = None if value is None else [value.strip()]

    def _handle_error(self, exc, fpname, lineno, line):
        if not exc:
            exc = ParsingError(fpname)
        exc.append(lineno, repr(line))
        return exc

    def _join_multiline_values(self):
        for section, options in itertools.chain(((self.default_section, self._defaults),),
                                                self._sections.items()):
            for name, value in options.items():
                if isinstance(value, list):
                    value = "\n".join(value).rstrip()
                options[name] = self._interpolation.before_read(self, section, name, value)

    def _read_defaults(self, defaults):
        for key, value in defaults.items():
            self._defaults[self.optionxform(key)] = value

    # ---- options

    def optionxform(self, optionstr):
        """Names of options do not depend on case; to be replaced by users."""
        return optionstr.lower()

    def _unify_values(self, section, vars):
        """All that a value of the section can refer to; the first map counts most."""
        options = {}
        try:
            options = self._sections[section]
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section) from None
        given = {}
        if vars:
            for key, value in vars.items():
                given[self.optionxform(key)] = value if value is None else str(value)
        return _ChainMap(given, options, self._defaults)

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        """The value of an option; fallback where section or option does not exist."""
        try:
            known = self._unify_values(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        try:
            value = known[option]
        except KeyError:
            if fallback is _UNSET:
                raise NoOptionError(option, section) from None
            return fallback
        if raw or value is None:
            return value
        return self._interpolation.before_get(self, section, option, value, known)

    def _get(self, section, conv, option, **kwargs):
        return conv(self.get(section, option, **kwargs))

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        try:
            return self._get(section, conv, option, raw=raw, vars=vars, **kwargs)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value as int."""
        return self._get_conv(section, option, int, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value as float."""
        return self._get_conv(section, option, float, raw=raw, vars=vars, fallback=fallback,
                              **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value as bool: 1, yes, true, on or 0, no, false, off."""
        return self._get_conv(section, option, self._convert_to_boolean, raw=raw, vars=vars,
                              fallback=fallback, **kwargs)

    def _convert_to_boolean(self, value):
        state = self.BOOLEAN_STATES.get(value.lower())
        if state is None:
            raise ValueError(f"Not a boolean: {value}")
        return state

    def items(self, section=_UNSET, raw=False, vars=None):
        """Pairs of option and value of a section; without one, of section and proxy."""
        if section is _UNSET:
            return super().items()
        known = self._defaults.copy()
        try:
            known.update(self._sections[section])
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section)
        names = list(known.keys())
        if vars:
            for key, value in vars.items():
                known[self.optionxform(key)] = value
        if raw:
            return [(name, known[name]) for name in names]
        return [(name, self._interpolation.before_get(self, section, name, known[name], known))
                for name in names]

    def has_option(self, section, option):
        """Whether a section has an option, perhaps from the default section."""
        if not section or section == self.default_section:
            return self.optionxform(option) in self._defaults
        if section not in self._sections:
            return False
        option = self.optionxform(option)
        return option in self._sections[section] or option in self._defaults

    def set(self, section, option, value=None):
        """Sets an option."""
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        if not section or section == self.default_section:
            options = self._defaults
        else:
            try:
                options = self._sections[section]
            except KeyError:
                raise NoSectionError(section) from None
        options[self.optionxform(option)] = value

    def remove_option(self, section, option):
        """Removes an option; tells whether it was there."""
        if not section or section == self.default_section:
            options = self._defaults
        else:
            try:
                options = self._sections[section]
            except KeyError:
                raise NoSectionError(section) from None
        option = self.optionxform(option)
        existed = option in options
        if existed:
            del options[option]
        return existed

    def _validate_value_types(self, *, section="", option="", value=""):
        """Names and values have to be text."""
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if (not self._allow_no_value or value) and not isinstance(value, str):
            raise TypeError("option values must be strings")

    @property
    def converters(self):
        return self._converters

    # ---- writing

    def write(self, fp, space_around_delimiters=True):
        """Writes all sections as an INI file."""
        delimiter = self._delimiters[0]
        if space_around_delimiters:
            delimiter = f" {delimiter} "
        if self._defaults:
            self._write_section(fp, self.default_section, self._defaults.items(), delimiter)
        for section in self._sections:
            self._write_section(fp, section, self._sections[section].items(), delimiter)

    def _write_section(self, fp, section_name, section_items, delimiter):
        fp.write(f"[{section_name}]\n")
        for key, value in section_items:
            value = self._interpolation.before_write(self, section_name, key, value)
            if value is not None or not self._allow_no_value:
                value = delimiter + str(value).replace("\n", "\n\t")
            else:
                value = ""
            fp.write(f"{key}{value}\n")
        fp.write("\n")

    # ---- as a mapping of sections

    def __getitem__(self, key):
        if key != self.default_section and not self.has_section(key):
            raise KeyError(key)
        return self._proxies[key]

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.has_section(key):
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return itertools.chain((self.default_section,), self._sections.keys())


class ConfigParser(RawConfigParser):
    """RawConfigParser whose values can refer to others; takes text alone."""

    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        """Sets an option to text."""
        self._validate_value_types(option=option, value=value)
        super().set(section, option, value)

    def add_section(self, section):
        """Makes a new section."""
        self._validate_value_types(section=section)
        super().add_section(section)

    def _read_defaults(self, defaults):
        # As if read from a file, but without interpolation: nothing is complete yet.
        hold, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = hold


class SafeConfigParser(ConfigParser):
    """Old name of ConfigParser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        warnings.warn("The SafeConfigParser class has been renamed to ConfigParser in Python 3.2. "
                      "This alias will be removed in Python 3.12. Use ConfigParser directly "
                      "instead.", DeprecationWarning, stacklevel=2)

# ---- views


class SectionProxy(MutableMapping):
    """One section of a parser as a mapping."""

    def __init__(self, parser, name):
        self._parser = parser
        self._name = name
        for conv in parser.converters:
            setattr(self, "get" + conv,
                    functools.partial(self.get, _impl=getattr(parser, "get" + conv)))

    def __repr__(self):
        return f"<Section: {self._name}>"

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser._validate_value_types(option=key, value=value)
        return self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key)
                and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    def _options(self):
        if self._name != self._parser.default_section:
            return self._parser.options(self._name)
        return self._parser.defaults()

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """The value of an option, or fallback."""
        return (_impl or self._parser.get)(self._name, option, raw=raw, vars=vars,
                                           fallback=fallback, **kwargs)


class ConverterMapping(MutableMapping):
    """Names and functions of a parser's getNAME methods."""

    GETTERCRE = re.compile(r"^get(?P<name>.+)$")

    def __init__(self, parser):
        self._parser = parser
        self._data = {}
        for getter in dir(self._parser):
            match = self.GETTERCRE.match(getter)
            if match and callable(getattr(self._parser, getter)):
                self._data[match.group("name")] = None      # a method, not a converter

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        name = f"get{key}" if isinstance(key, str) else None
        if name is None or not key:
            raise ValueError(f"Incompatible key: {key} (type: {type(key)})")
        if key == "_conv":
            raise ValueError("Incompatible key: cannot use \"_conv\" as a name")
        self._data[key] = value
        getter = functools.partial(self._parser._get_conv, conv=value)
        getter.converter = value
        setattr(self._parser, name, getter)
        for proxy in self._parser.values():
            setattr(proxy, name, functools.partial(proxy.get, _impl=getter))

    def __delitem__(self, key):
        name = f"get{key or None}"
        for owner in itertools.chain((self._parser,), self._parser.values()):
            try:
                delattr(owner, name)
            except AttributeError:
                continue        # a section may have lost it already
        del self._data[key]

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
