/*
 * Module time: clocks, sleeping, and calendar time.
 *
 * Times are floats in seconds or ints in nanoseconds, straight from clock_gettime.  Calendar
 * functions are those of the C library, with arguments checked first, since it trusts them.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/namespace.h"
#include "runtime/types/str.h"
#include "runtime/types/structseq.h"
#include "runtime/types/tuple.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

enum { NANO = 1000000000, YEAR_BASE = 1900, FORMAT_MAX = 1 << 20 };

/* ---- clocks */

static int read_clock(clockid_t clock, struct timespec *out)
{
    if (clock_gettime(clock, out) == 0)
        return 0;
    err_errno(errno, NULL);
    return -1;
}

static Obj *clock_seconds(clockid_t clock)
{
    struct timespec now;
    if (read_clock(clock, &now) < 0)
        return NULL;
    return float_new((double)now.tv_sec + (double)now.tv_nsec * 1e-9);
}

static Obj *clock_nanoseconds(clockid_t clock)
{
    struct timespec now;
    if (read_clock(clock, &now) < 0)
        return NULL;
    return int_new((int64_t)now.tv_sec * NANO + now.tv_nsec);
}

#define CLOCK(name, clock)                                                                         \
    FUNCTION(time_##name)                                                                          \
    {                                                                                              \
        UNUSED;                                                                                    \
        return clock_seconds(clock);                                                               \
    }                                                                                              \
    FUNCTION(time_##name##_ns)                                                                     \
    {                                                                                              \
        UNUSED;                                                                                    \
        return clock_nanoseconds(clock);                                                           \
    }

CLOCK(time, CLOCK_REALTIME)
CLOCK(monotonic, CLOCK_MONOTONIC)
CLOCK(process_time, CLOCK_PROCESS_CPUTIME_ID)
CLOCK(thread_time, CLOCK_THREAD_CPUTIME_ID)

/* The number of a clock given as argument: 0/-1. */
static int clock_argument(ObjRef arg, clockid_t *out)
{
    int64_t value;
    if (obj_to_int64(arg, &value) < 0)
        return -1;
    if (value < INT_MIN || value > INT_MAX)
        return err_format_int(&exc_overflow_error, "Python int too large to convert to C int");
    *out = (clockid_t)value;
    return 0;
}

FUNCTION(time_clock_gettime)
{
    UNUSED;
    clockid_t clock;
    return clock_argument(args[0], &clock) < 0 ? NULL : clock_seconds(clock);
}

FUNCTION(time_clock_gettime_ns)
{
    UNUSED;
    clockid_t clock;
    return clock_argument(args[0], &clock) < 0 ? NULL : clock_nanoseconds(clock);
}

FUNCTION(time_clock_getres)
{
    UNUSED;
    clockid_t clock;
    struct timespec step;
    if (clock_argument(args[0], &clock) < 0)
        return NULL;
    if (clock_getres(clock, &step) != 0)
        return err_errno(errno, NULL);
    return float_new((double)step.tv_sec + (double)step.tv_nsec * 1e-9);
}

FUNCTION(time_get_clock_info)
{
    UNUSED;
    static const struct {
        const char *name;
        clockid_t clock;
        bool adjustable, monotonic;
        const char *implementation;
    } clocks[] = {
        {"time", CLOCK_REALTIME, true, false, "clock_gettime(CLOCK_REALTIME)"},
        {"monotonic", CLOCK_MONOTONIC, false, true, "clock_gettime(CLOCK_MONOTONIC)"},
        {"perf_counter", CLOCK_MONOTONIC, false, true, "clock_gettime(CLOCK_MONOTONIC)"},
        {"process_time", CLOCK_PROCESS_CPUTIME_ID, false, true,
         "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)"},
        {"thread_time", CLOCK_THREAD_CPUTIME_ID, false, true,
         "clock_gettime(CLOCK_THREAD_CPUTIME_ID)"},
    };
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "get_clock_info() argument 1 must be str, not %T",
                          args[0]);
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        if (!str_equal_ascii(args[0], clocks[i].name))
            continue;
        struct timespec step;
        Obj *info = NULL, *dict = dict_new();
        Obj *text = str_from_ascii(clocks[i].implementation);
        clock_getres(clocks[i].clock, &step);
        Obj *resolution = float_new((double)step.tv_sec + (double)step.tv_nsec * 1e-9);
        if (dict != NULL && text != NULL && resolution != NULL &&
            dict_set_ascii(dict, "implementation", text) == 0 &&
            dict_set_ascii(dict, "monotonic", clocks[i].monotonic ? obj_true : obj_false) == 0 &&
            dict_set_ascii(dict, "adjustable", clocks[i].adjustable ? obj_true : obj_false) == 0 &&
            dict_set_ascii(dict, "resolution", resolution) == 0)
            info = namespace_new(dict);
        obj_xdecref(dict);
        obj_xdecref(text);
        obj_xdecref(resolution);
        return info;
    }
    return err_string(&exc_value_error, "unknown clock");
}

/* ---- sleep */

FUNCTION(time_sleep)
{
    UNUSED;
    double seconds;
    if (float_check(args[0])) {
        seconds = float_value(args[0]);
    } else {
        Obj *whole = obj_index(args[0]);
        int status = whole == NULL ? -1 : int_to_double(whole, &seconds);
        obj_xdecref(whole);
        if (status < 0)
            return NULL;
    }
    if (isnan(seconds))
        return err_string(&exc_value_error, "Invalid value NaN (not a number)");
    if (seconds < 0)
        return err_string(&exc_value_error, "sleep length must be non-negative");
    if (seconds > 9.2e9)
        return err_string(&exc_overflow_error, "timestamp too large to convert to C _PyTime_t");
    struct timespec until;
    if (read_clock(CLOCK_MONOTONIC, &until) < 0)
        return NULL;
    double whole;
    long nano = (long)ceil(modf(seconds, &whole) * 1e9) + until.tv_nsec;
    until.tv_sec += (time_t)whole + nano / NANO;
    until.tv_nsec = nano % NANO;
    for (;;) {
        int status = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        if (status == 0)
            return none_new();
        if (status != EINTR)
            return err_errno(status, NULL);
        if (runtime.hooks.check_signals != NULL && runtime.hooks.check_signals() < 0)
            return NULL;
    }
}

/* ---- struct_time */

static const StructSeqField struct_time_fields[] = {
    {"tm_year", "year, for example, 1993"},
    {"tm_mon", "month of year, range [1, 12]"},
    {"tm_mday", "day of month, range [1, 31]"},
    {"tm_hour", "hours, range [0, 23]"},
    {"tm_min", "minutes, range [0, 59]"},
    {"tm_sec", "seconds, range [0, 61])"},
    {"tm_wday", "day of week, range [0, 6], Monday is 0"},
    {"tm_yday", "day of year, range [1, 366]"},
    {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
    {"tm_zone", "abbreviation of timezone name"},
    {"tm_gmtoff", "offset from UTC in seconds"},
    {0},
};

static const StructSeqDef struct_time_def = {"time.struct_time", "Calendar time, field by field.",
                                             struct_time_fields, 9};

static Type struct_time_type;

static Obj *new_struct_time(const struct tm *t)
{
    Obj *result = structseq_new(&struct_time_type);
    if (result == NULL)
        return NULL;
    const int64_t fields[] = {(int64_t)t->tm_year + YEAR_BASE,
                              t->tm_mon + 1,
                              t->tm_mday,
                              t->tm_hour,
                              t->tm_min,
                              t->tm_sec,
                              (t->tm_wday + 6) % 7,
                              t->tm_yday + 1,
                              t->tm_isdst};
    for (int i = 0; i < 9; i++)
        if (structseq_set_steal(result, i, int_new(fields[i])) < 0)
            goto fail;
    if (structseq_set_steal(result, 9, str_from_filesystem(t->tm_zone)) < 0 ||
        structseq_set_steal(result, 10, int_new(t->tm_gmtoff)) < 0)
        goto fail;
    return result;
fail:
    obj_decref(result);
    return NULL;
}

/* Seconds since the epoch of an optional argument: 0/-1. */
static int seconds_argument(ObjRef arg, time_t *out)
{
    if (arg == NULL || is_none(arg)) {
        *out = time(NULL);
        return 0;
    }
    if (float_check(arg)) {
        double value = floor(float_value(arg));
        if (isnan(value))
            return err_format_int(&exc_value_error, "Invalid value NaN (not a number)");
        if (!(value >= -0x1p63 && value < 0x1p63))
            return err_format_int(&exc_overflow_error,
                                  "timestamp out of range for platform time_t");
        *out = (time_t)value;
        return 0;
    }
    Obj *index = obj_index(arg);
    int64_t value = 0;
    if (index == NULL)
        return -1;
    int too_big = int_to_int64(index, &value);
    obj_decref(index);
    if (too_big)
        return err_format_int(&exc_overflow_error, "timestamp out of range for platform time_t");
    *out = (time_t)value;
    return 0;
}

FUNCTION(time_localtime)
{
    UNUSED;
    time_t when;
    struct tm t;
    if (seconds_argument(nargs > 0 ? args[0] : NULL, &when) < 0)
        return NULL;
    errno = 0;
    if (localtime_r(&when, &t) == NULL)
        return err_errno(errno == 0 ? EINVAL : errno, NULL);
    return new_struct_time(&t);
}

FUNCTION(time_gmtime)
{
    UNUSED;
    time_t when;
    struct tm t;
    if (seconds_argument(nargs > 0 ? args[0] : NULL, &when) < 0)
        return NULL;
    errno = 0;
    if (gmtime_r(&when, &t) == NULL)
        return err_errno(errno == 0 ? EINVAL : errno, NULL);
    return new_struct_time(&t);
}

/* Reads a struct_time or a tuple of nine ints: 0/-1. */
static int read_struct_time(ObjRef arg, const char *function, struct tm *t)
{
    int values[9];
    *t = (struct tm){0};
    if (!tuple_check(arg))
        return err_format_int(&exc_type_error, "Tuple or struct_time argument required");
    if (tuple_length(arg) != 9)
        return err_format_int(&exc_type_error, "%s(): illegal time tuple argument", function);
    Obj *held = obj_incref(arg);
    for (int i = 0; i < 9; i++) {
        int64_t value;
        if (obj_to_int64(tuple_peek(held, i), &value) < 0)
            goto fail;
        if (value < INT_MIN || value > INT_MAX) {
            err_string(&exc_overflow_error, value > 0 ? "signed integer is greater than maximum"
                                                      : "signed integer is less than minimum");
            goto fail;
        }
        if (i == 0 && (value -= YEAR_BASE) < INT_MIN) {
            err_string(&exc_overflow_error, "year out of range");
            goto fail;
        }
        values[i] = (int)value;
    }
    t->tm_year = values[0];
    t->tm_mon = values[1] - 1;
    t->tm_mday = values[2];
    t->tm_hour = values[3];
    t->tm_min = values[4];
    t->tm_sec = values[5];
    t->tm_wday = (values[6] + 1) % 7;
    t->tm_yday = values[7] - 1;
    t->tm_isdst = values[8];
    if (obj_type(held) == &struct_time_type) {
        ObjRef zone = tuple_cast(held)->items[9];
        ObjRef offset = tuple_cast(held)->items[10];
        int64_t seconds;
        if (offset != NULL && int_check(offset) && int_to_int64(offset, &seconds) == 0)
            t->tm_gmtoff = (long)seconds;
        if (zone != NULL && str_check(zone))
            t->tm_zone = str_utf8(zone, NULL);
    }
    obj_decref(held);
    return 0;
fail:
    obj_decref(held);
    return -1;
}

/* Puts fields that may be 0 into range and refuses others out of it: 0, or -1 with ValueError. */
static int check_fields(struct tm *t)
{
    const char *wrong = NULL;
    if (t->tm_mon == -1)
        t->tm_mon = 0;
    else if (t->tm_mon < 0 || t->tm_mon > 11)
        wrong = "month out of range";
    if (t->tm_mday == 0)
        t->tm_mday = 1;
    else if (wrong == NULL && (t->tm_mday < 0 || t->tm_mday > 31))
        wrong = "day of month out of range";
    if (wrong == NULL && (t->tm_hour < 0 || t->tm_hour > 23))
        wrong = "hour out of range";
    if (wrong == NULL && (t->tm_min < 0 || t->tm_min > 59))
        wrong = "minute out of range";
    if (wrong == NULL && (t->tm_sec < 0 || t->tm_sec > 61))
        wrong = "seconds out of range";
    if (wrong == NULL && t->tm_wday < 0)
        wrong = "day of week out of range";
    if (t->tm_yday == -1)
        t->tm_yday = 0;
    else if (wrong == NULL && (t->tm_yday < 0 || t->tm_yday > 365))
        wrong = "day of year out of range";
    return wrong == NULL ? 0 : err_format_int(&exc_value_error, "%s", wrong);
}

/* The time of an optional argument, now (local) without one: 0/-1. */
static int calendar_argument(const ObjRef *args, int64_t nargs, int64_t i, const char *function,
                             struct tm *t)
{
    if (nargs > i)
        return read_struct_time(args[i], function, t) < 0 ? -1 : check_fields(t);
    time_t now = time(NULL);
    localtime_r(&now, t);
    return 0;
}

FUNCTION(time_mktime)
{
    UNUSED;
    struct tm t;
    if (read_struct_time(args[0], "mktime", &t) < 0)
        return NULL;
    t.tm_wday = -1; /* stays so where mktime fails */
    time_t when = mktime(&t);
    if (when == (time_t)-1 && t.tm_wday == -1)
        return err_string(&exc_overflow_error, "mktime argument out of range");
    return float_new((double)when);
}

static Obj *plain_text(const struct tm *t)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[80];
    snprintf(text, sizeof text, "%.3s %.3s%3d %.2d:%.2d:%.2d %lld", days + 3 * (int64_t)t->tm_wday,
             months + 3 * (int64_t)t->tm_mon, t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec,
             (long long)t->tm_year + YEAR_BASE);
    return str_from_ascii(text);
}

FUNCTION(time_asctime)
{
    UNUSED;
    struct tm t;
    return calendar_argument(args, nargs, 0, "asctime", &t) < 0 ? NULL : plain_text(&t);
}

FUNCTION(time_ctime)
{
    UNUSED;
    time_t when;
    struct tm t;
    if (seconds_argument(nargs > 0 ? args[0] : NULL, &when) < 0)
        return NULL;
    if (localtime_r(&when, &t) == NULL)
        return err_errno(errno, NULL);
    return plain_text(&t);
}

FUNCTION(time_strftime)
{
    UNUSED;
    struct tm t;
    int64_t length;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "strftime() argument 1 must be str, not %T", args[0]);
    if (calendar_argument(args, nargs, 1, "strftime", &t) < 0)
        return NULL;
    if (t.tm_isdst < -1)
        t.tm_isdst = -1;
    else if (t.tm_isdst > 1)
        t.tm_isdst = 1;
    Obj *encoded = codec_encode(args[0], "utf-8", "surrogateescape");
    if (encoded == NULL)
        return NULL;
    const char *format = (const char *)bytes_cast(encoded)->data;
    length = bytes_cast(encoded)->length;
    Obj *result = NULL;
    if (memchr(format, 0, (size_t)length) != NULL) {
        err_string(&exc_value_error, "embedded null character");
        goto done;
    }
    if (length == 0) {
        result = str_from_ascii("");
        goto done;
    }
    /* strftime gives 0 both for an empty result and for lack of room. */
    for (int64_t size = 256; result == NULL; size *= 2) {
        char *buffer = mem_alloc((size_t)size);
        if (buffer == NULL) {
            err_no_memory();
            break;
        }
        buffer[0] = '\0';
        size_t written = strftime(buffer, (size_t)size, format, &t);
        if (written > 0 || size >= 256 * length || size > FORMAT_MAX) {
            buffer[written] = '\0';
            result = str_from_filesystem(buffer);
        }
        mem_free(buffer, (size_t)size);
        if (result == NULL && err_occurred() != NULL)
            break;
    }
done:
    obj_decref(encoded);
    return result;
}

FUNCTION(time_strptime)
{
    UNUSED;
    Obj *module = runtime.hooks.import_module("_strptime");
    Obj *result = NULL;
    if (module != NULL) {
        Obj *function = obj_getattr_str(module, "_strptime_time");
        if (function != NULL)
            result = obj_call(function, args, nargs, NULL);
        obj_xdecref(function);
        obj_decref(module);
    }
    return result;
}

/* ---- module */

/* timezone, altzone, daylight, tzname as the C library knows them now. */
static int set_zone(ObjRef module)
{
    tzset();
    time_t now = time(NULL);
    struct tm t;
    int64_t standard = timezone;
    int64_t summer = standard - 3600;
    /* The offset of summer time is found half a year apart. */
    for (int i = 0; i < 2; i++) {
        time_t when = now + (time_t)i * 183 * 86400;
        if (localtime_r(&when, &t) != NULL && t.tm_isdst > 0)
            summer = -t.tm_gmtoff;
    }
    if (daylight == 0)
        summer = standard;
    Obj *name = str_from_filesystem(tzname[0]);
    Obj *summer_name = str_from_filesystem(tzname[1]);
    Obj *pair = NULL;
    if (name != NULL && summer_name != NULL)
        pair = tuple_pack(2, name, summer_name);
    obj_xdecref(name);
    obj_xdecref(summer_name);
    if (module_add_int(module, "timezone", standard) < 0 ||
        module_add_int(module, "altzone", summer) < 0 ||
        module_add_int(module, "daylight", daylight) < 0) {
        obj_xdecref(pair);
        return -1;
    }
    return module_add_steal(module, "tzname", pair);
}

FUNCTION(time_tzset)
{
    UNUSED;
    Obj *module = runtime.hooks.import_module("time");
    int status = module == NULL ? -1 : set_zone(module);
    obj_xdecref(module);
    return status < 0 ? NULL : none_new();
}

static const MethodDef functions[] = {
    {"asctime", time_asctime, 0, 1, 0,
     "asctime([tuple]) -> string\n\nTime as 'Sat Jun 06 16:26:11 1998'."},
    {"clock_getres", time_clock_getres, 1, 1, 0,
     "clock_getres(clk_id) -> step of a clock in seconds"},
    {"clock_gettime", time_clock_gettime, 1, 1, 0, "clock_gettime(clk_id) -> seconds, a float"},
    {"clock_gettime_ns", time_clock_gettime_ns, 1, 1, 0,
     "clock_gettime_ns(clk_id) -> nanoseconds, an int"},
    {"ctime", time_ctime, 0, 1, 0, "ctime(seconds) -> string\n\nLocal time as text."},
    {"get_clock_info", time_get_clock_info, 1, 1, 0,
     "get_clock_info(name) -> properties of a clock"},
    {"gmtime", time_gmtime, 0, 1, 0, "gmtime([seconds]) -> struct_time in UTC"},
    {"localtime", time_localtime, 0, 1, 0, "localtime([seconds]) -> struct_time in local time"},
    {"mktime", time_mktime, 1, 1, 0, "mktime(tuple) -> seconds since the epoch, a float"},
    {"monotonic", time_monotonic, 0, 0, 0,
     "monotonic() -> seconds of a clock that never goes back"},
    {"monotonic_ns", time_monotonic_ns, 0, 0, 0, "monotonic_ns() -> the same in nanoseconds"},
    {"perf_counter", time_monotonic, 0, 0, 0, "perf_counter() -> seconds of the finest clock"},
    {"perf_counter_ns", time_monotonic_ns, 0, 0, 0, "perf_counter_ns() -> the same in nanoseconds"},
    {"process_time", time_process_time, 0, 0, 0, "process_time() -> seconds of CPU time used"},
    {"process_time_ns", time_process_time_ns, 0, 0, 0,
     "process_time_ns() -> the same in nanoseconds"},
    {"sleep", time_sleep, 1, 1, 0, "sleep(seconds)\n\nWaits for a time, which may be a fraction."},
    {"strftime", time_strftime, 1, 2, 0,
     "strftime(format[, tuple]) -> string\n\nTime as text; the format is that of the C library."},
    {"strptime", time_strptime, 1, 2, 0,
     "strptime(string, format) -> struct_time\n\nReads time from text."},
    {"thread_time", time_thread_time, 0, 0, 0,
     "thread_time() -> seconds of CPU time of the thread"},
    {"thread_time_ns", time_thread_time_ns, 0, 0, 0, "thread_time_ns() -> the same in nanoseconds"},
    {"time", time_time, 0, 0, 0, "time() -> seconds since the epoch, a float"},
    {"time_ns", time_time_ns, 0, 0, 0, "time_ns() -> nanoseconds since the epoch"},
    {"tzset", time_tzset, 0, 0, 0, "tzset()\n\nReads the time zone anew from the environment."},
    {0},
};

static int exec(ObjRef module)
{
    static const struct {
        const char *name;
        clockid_t clock;
    } clocks[] = {
        {"CLOCK_REALTIME", CLOCK_REALTIME},
        {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
        {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
        {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
        {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
        {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
        {"CLOCK_TAI", CLOCK_TAI},
    };
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
        if (module_add_int(module, clocks[i].name, clocks[i].clock) < 0)
            return -1;
    if (structseq_ready(&struct_time_type, &struct_time_def) < 0 ||
        module_add(module, "struct_time", (ObjRef)&struct_time_type) < 0 ||
        module_add_int(module, "_STRUCT_TM_ITEMS", 11) < 0)
        return -1;
    return set_zone(module);
}

const ModuleDef time_module = {
    .name = "time",
    .doc = "Clocks, sleeping and calendar time.",
    .functions = functions,
    .exec = exec,
};
