"""Dates, times of day, instants, durations and time zones of fixed offset."""

from datetime.calendar import MAXYEAR, MINYEAR
from datetime.dates import date
from datetime.delta import timedelta
from datetime.instants import datetime
from datetime.times import time
from datetime.zones import timezone, tzinfo

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR",
           "UTC")

UTC = timezone.utc

# The parts are no public modules: their names would hide what users may look for.
del calendar, dates, delta, instants, times, zones, text
