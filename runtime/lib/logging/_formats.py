"""How records become text: formats of three styles, Formatter and BufferingFormatter."""

import io
import re
from string import Formatter as _StringFormatter, Template
import time
import traceback


class PercentStyle:
    """Formats like %(message)s."""

    __module__ = "logging"

    default_format = "%(message)s"
    asctime_format = "%(asctime)s"
    asctime_search = "%(asctime)"
    validation_pattern = re.compile(r"%\(\w+\)[#0+ -]*(\*|\d+)?(\.(\*|\d+))?[diouxefgcrsa%]", re.I)

    def __init__(self, fmt, *, defaults=None):
        self._fmt = fmt or self.default_format
        self._defaults = defaults

    def usesTime(self):
        """Whether the time is part of the format."""
        return self._fmt.find(self.asctime_search) >= 0

    def validate(self):
        """ValueError unless the format has a field."""
        if not self.validation_pattern.search(self._fmt):
            raise ValueError("Invalid format '%s' for '%s' style"
                             % (self._fmt, self.default_format[0]))

    def _values(self, record):
        return {**self._defaults, **record.__dict__} if self._defaults else record.__dict__

    def _format(self, record):
        return self._fmt % self._values(record)

    def format(self, record):
        """The text of a record."""
        try:
            return self._format(record)
        except KeyError as problem:
            raise ValueError("Formatting field not found in record: %s" % problem) from None


class StrFormatStyle(PercentStyle):
    """Formats like {message}."""

    __module__ = "logging"

    default_format = "{message}"
    asctime_format = "{asctime}"
    asctime_search = "{asctime"
    field_spec = re.compile(r"^(\d+|\w+)(\.\w+|\[[^]]+\])*$")
    fmt_spec = re.compile(r"^(.?[<=>^])?[+ -]?#?0?(\d+|{\w+})?[,_]?(\.(\d+|{\w+}))?[bcdefgnosx%]?$",
                          re.I)

    def _format(self, record):
        return self._fmt.format(**self._values(record))

    def validate(self):
        fields = set()
        try:
            for _, field, spec, conversion in _StringFormatter().parse(self._fmt):
                if field:
                    if not self.field_spec.match(field):
                        raise ValueError("invalid field name/expression: %r" % field)
                    fields.add(field)
                if conversion and conversion not in "rsa":
                    raise ValueError("invalid conversion: %r" % conversion)
                if spec and not self.fmt_spec.match(spec):
                    raise ValueError("bad specifier: %r" % spec)
        except ValueError as problem:
            raise ValueError("invalid format: %s" % problem)
        if not fields:
            raise ValueError("invalid format: no fields")


class StringTemplateStyle(PercentStyle):
    """Formats like ${message}."""

    __module__ = "logging"

    default_format = "${message}"
    asctime_format = "${asctime}"
    asctime_search = "${asctime}"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._tpl = Template(self._fmt)

    def usesTime(self):
        return self._fmt.find("$asctime") >= 0 or self._fmt.find(self.asctime_search) >= 0

    def validate(self):
        fields = set()
        for match in self._tpl._matcher().finditer(self._fmt):
            found = match.groupdict()
            if found["named"]:
                fields.add(found["named"])
            elif found["braced"]:
                fields.add(found["braced"])
            elif match.group(0) == "$":
                raise ValueError("invalid format: bare '$' not allowed")
        if not fields:
            raise ValueError("invalid format: no fields")

    def _format(self, record):
        return self._tpl.substitute(**self._values(record))


BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
_STYLES = {"%": (PercentStyle, BASIC_FORMAT), "{": (StrFormatStyle, "{levelname}:{name}:{message}"),
           "$": (StringTemplateStyle, "${levelname}:${name}:${message}")}


def _checked_style(style):
    if style not in _STYLES:
        raise ValueError("Style must be one of: %s" % ",".join(_STYLES))
    return _STYLES[style]


class Formatter:
    """Makes text of records."""

    __module__ = "logging"

    converter = time.localtime
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        self._style = _checked_style(style)[0](fmt, defaults=defaults)
        if validate:
            self._style.validate()
        self._fmt = self._style._fmt
        self.datefmt = datefmt

    def formatTime(self, record, datefmt=None):
        """The time of a record, with milliseconds unless a format is given."""
        when = self.converter(record.created)
        if datefmt:
            return time.strftime(datefmt, when)
        text = time.strftime(self.default_time_format, when)
        if self.default_msec_format:
            text = self.default_msec_format % (text, record.msecs)
        return text

    def formatException(self, ei):
        """The traceback of an exception."""
        out = io.StringIO()
        traceback.print_exception(ei[0], ei[1], ei[2], None, out)
        return out.getvalue().removesuffix("\n")

    def usesTime(self):
        """Whether the time is part of the format."""
        return self._style.usesTime()

    def formatMessage(self, record):
        """The record by the format."""
        return self._style.format(record)

    def formatStack(self, stack_info):
        """The text of a stack."""
        return stack_info

    def format(self, record):
        """The record, with the traceback and the stack below it if there are any."""
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        for more in (record.exc_text, record.stack_info and self.formatStack(record.stack_info)):
            if more:
                text = text + ("" if text[-1:] == "\n" else "\n") + more
        return text


_defaultFormatter = Formatter()


class BufferingFormatter:
    """Makes text of many records."""

    __module__ = "logging"

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _defaultFormatter

    def formatHeader(self, records):
        """What comes first."""
        return ""

    def formatFooter(self, records):
        """What comes last."""
        return ""

    def format(self, records):
        """All records between header and footer."""
        if not records:
            return ""
        return (self.formatHeader(records) + "".join(map(self.linefmt.format, records))
                + self.formatFooter(records))
