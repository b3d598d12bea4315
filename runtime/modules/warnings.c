/*
 * Module _warnings: filters, registries and the default way to show a warning.
 *
 * The filter list, the action of last resort and the "once" registry are shared with the Python
 * module warnings, which replaces the showing of a warning when it is imported.
 */

#include "runtime/modules/warnings.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

static Obj *filters;        /* list of (action, message, category, module, lineno) */
static Obj *default_action; /* str */
static Obj *once_registry;  /* dict */
static int64_t filter_version;

/* ---------------------------------------------------------------- where the warning points */

typedef struct Place {
    Obj *filename, *module, *registry; /* owned */
    int64_t line;
} Place;

static void place_free(Place *place)
{
    obj_clear(&place->filename);
    obj_clear(&place->module);
    obj_clear(&place->registry);
}

/* frame.name as an owned object, or NULL. */
static Obj *frame_get(ObjRef frame, const char *name)
{
    return obj_getattr_str(frame, name);
}

/* The place `level` frames out (1: the running one).  0/-1. */
static int find_place(int64_t level, Place *place)
{
    *place = (Place){0};
    Obj *frame = NULL;
    if (runtime.hooks.current_frame != NULL)
        frame = runtime.hooks.current_frame((int)(level > 0 ? level - 1 : 0));
    if (frame == NULL) {
        err_clear();
        place->filename = str_from_ascii("sys");
        place->module = str_from_ascii("sys");
        place->line = 1;
        place->registry = dict_new();
        return place->filename == NULL || place->module == NULL || place->registry == NULL ? -1 : 0;
    }
    Obj *globals = frame_get(frame, "f_globals");
    Obj *code = globals == NULL ? NULL : frame_get(frame, "f_code");
    Obj *line = code == NULL ? NULL : frame_get(frame, "f_lineno");
    place->filename = line == NULL ? NULL : obj_getattr_str(code, "co_filename");
    int result = -1;
    if (place->filename != NULL) {
        if (int_check(line))
            int_to_int64(line, &place->line);
        ObjRef name = dict_peek(globals, names.dunder_name);
        place->module =
            name != NULL && str_check(name) ? obj_incref(name) : str_from_ascii("<string>");
        Obj *empty = dict_new();
        Obj *key = str_intern_ascii("__warningregistry__");
        if (empty != NULL && key != NULL)
            place->registry = dict_setdefault(globals, key, empty);
        obj_xdecref(empty);
        obj_xdecref(key);
        result = place->module == NULL || place->registry == NULL ? -1 : 0;
    }
    obj_xdecref(line);
    obj_xdecref(code);
    obj_xdecref(globals);
    obj_decref(frame);
    return result;
}

/* ---------------------------------------------------------------- filters */

/* Does text match a filter's message or module (None: any; a str: equal; else a compiled pattern)?
 */
static int pattern_matches(ObjRef pattern, ObjRef text)
{
    if (is_none(pattern))
        return 1;
    if (str_check_exact(pattern))
        return str_equal(pattern, text);
    Obj *name = str_intern_ascii("match");
    Obj *result = name == NULL ? NULL : obj_call_method(pattern, name, &text, 1);
    obj_xdecref(name);
    if (result == NULL)
        return -1;
    int truth = obj_truth(result);
    obj_decref(result);
    return truth;
}

static int filter_matches(ObjRef filter, ObjRef text, ObjRef category, ObjRef module, int64_t line)
{
    int match = pattern_matches(tuple_peek(filter, 1), text);
    if (match > 0)
        match = obj_issubclass(category, tuple_peek(filter, 2));
    if (match > 0)
        match = pattern_matches(tuple_peek(filter, 3), module);
    int64_t wanted = 0;
    if (match > 0 && obj_to_int64(tuple_peek(filter, 4), &wanted) < 0)
        return -1;
    return match > 0 ? wanted == 0 || wanted == line : match;
}

/* What a program has assigned to an attribute of module warnings, `own` where that is not there:
 * new reference. */
static Obj *setting(const char *name, ObjRef own)
{
    ObjRef module = dict_peek_ascii(runtime.modules, "warnings");
    if (module == NULL)
        return err_occurred() != NULL ? NULL : obj_incref(own);
    Obj *key = str_intern_ascii(name), *value = NULL;
    int found = key == NULL ? -1 : obj_getattr_opt(module, key, &value);
    obj_xdecref(key);
    return found == 0 ? obj_incref(own) : value;
}

/* The action of the first filter that matches a warning: 1 and *action, a new reference; 0; -1. */
static int match_filters(ObjRef list, ObjRef text, ObjRef category, ObjRef module, int64_t line,
                         Obj **action)
{
    if (!obj_is(list, &list_type))
        return err_format_int(&exc_value_error, "_warnings.filters must be a list");
    for (int64_t i = 0; i < list_length(list); i++) {
        Obj *filter = obj_incref(list_peek(list, i));
        if (!tuple_check(filter) || tuple_length(filter) != 5) {
            obj_decref(filter);
            return err_format_int(&exc_value_error, "_warnings.filters item %lld isn't a 5-tuple",
                                  (long long)i);
        }
        int match = filter_matches(filter, text, category, module, line);
        if (match > 0)
            *action = obj_incref(tuple_peek(filter, 0));
        obj_decref(filter);
        if (match != 0)
            return match;
    }
    return 0;
}

/* The action for a warning: new reference. */
static Obj *find_action(ObjRef text, ObjRef category, ObjRef module, int64_t line)
{
    Obj *list = setting("filters", filters), *action = NULL;
    if (list == NULL)
        return NULL;
    int match = match_filters(list, text, category, module, line, &action);
    obj_decref(list);
    if (match != 0)
        return action;
    action = setting("defaultaction", default_action);
    if (action != NULL && !str_check(action)) {
        err_format(&exc_type_error, "_warnings.defaultaction must be a string, not '%T'",
                   (ObjRef)action);
        obj_clear(&action);
    }
    return action;
}

/* Forgets a registry that was filled under other filters. */
static int check_version(ObjRef registry)
{
    ObjRef seen = dict_peek_ascii(registry, "version");
    int64_t version = -1;
    if (seen != NULL && int_check(seen))
        int_to_int64(seen, &version);
    if (version == filter_version)
        return 0;
    dict_clear(registry);
    Obj *number = int_new(filter_version);
    int result = number == NULL ? -1 : dict_set_ascii(registry, "version", number);
    obj_xdecref(number);
    return result;
}

/* 1 if key is in the registry already, else 0 and it is now. */
static int seen_before(ObjRef registry, ObjRef key)
{
    ObjRef found = dict_peek(registry, key);
    if (found != NULL) {
        int truth = obj_truth(found);
        if (truth != 0)
            return truth;
    } else if (err_occurred() != NULL) {
        return -1;
    }
    return dict_set(registry, key, obj_true);
}

/* Whether a warning was given once before, by the registry of all that were: 1, 0, -1. */
static int seen_once(ObjRef key)
{
    Obj *registry = setting("onceregistry", once_registry);
    if (registry == NULL)
        return -1;
    int seen =
        dict_check(registry)
            ? seen_before(registry, key)
            : err_format_int(&exc_type_error, "_warnings.onceregistry must be a dict, not '%T'",
                             (ObjRef)registry);
    obj_decref(registry);
    return seen;
}

/* ---------------------------------------------------------------- showing */

static int write_stderr(Obj *text)
{
    if (text == NULL)
        return -1;
    ObjRef stream = dict_peek(runtime.sys_dict, names.stderr);
    Obj *result = NULL;
    ObjRef arg = text;
    if (stream != NULL && !is_none(stream))
        result = obj_call_method(stream, names.write, &arg, 1);
    if (result == NULL)
        err_clear();
    obj_xdecref(result);
    obj_decref(text);
    return 0;
}

static int show(ObjRef message, ObjRef text, ObjRef category, const Place *place, ObjRef source)
{
    Obj *key = str_intern_ascii("warnings");
    ObjRef module = key == NULL ? NULL : dict_peek(runtime.modules, key);
    obj_xdecref(key);
    Obj *hook = NULL;
    if (module != NULL && obj_getattr_opt(module, (ObjRef)names.showwarnmsg, &hook) < 0)
        return -1;
    if (hook != NULL) {
        Obj *maker = obj_getattr_str(module, "WarningMessage");
        Obj *line = int_new(place->line);
        Obj *result = NULL;
        if (maker != NULL && line != NULL) {
            ObjRef args[7] = {message,
                              category,
                              place->filename,
                              line,
                              obj_none,
                              obj_none,
                              source == NULL ? (ObjRef)obj_none : source};
            Obj *record = obj_call(maker, args, 7, NULL);
            result = record == NULL ? NULL : obj_call1(hook, record);
            obj_xdecref(record);
        }
        obj_xdecref(maker);
        obj_xdecref(line);
        obj_xdecref(result);
        obj_decref(hook);
        return result == NULL ? -1 : 0;
    }
    if (write_stderr(str_format_c("%U:%lld: %s: %U\n", (ObjRef)place->filename,
                                  (long long)place->line, type_name((const Type *)category),
                                  text)) < 0)
        return -1;
    if (runtime.hooks.source_line == NULL)
        return 0;
    Obj *line = runtime.hooks.source_line(place->filename, place->line);
    if (line == NULL) {
        err_clear();
        return 0;
    }
    int result = write_stderr(str_format_c("  %U\n", (ObjRef)line));
    obj_decref(line);
    return result;
}

/* ---------------------------------------------------------------- the machinery */

/* Applies the filters to a warning (message: a str or a Warning instance). */
static int warn_at(ObjRef message, ObjRef category, const Place *place, ObjRef source)
{
    bool is_instance = obj_is(message, &exc_warning);
    Obj *text = is_instance ? obj_str(message) : obj_incref(message);
    if (is_instance)
        category = (ObjRef)obj_type(message);
    Obj *instance = is_instance    ? obj_incref(message)
                    : text == NULL ? NULL
                                   : obj_call1(category, message);
    Obj *line = instance == NULL ? NULL : int_new(place->line);
    Obj *key = line == NULL ? NULL : tuple_pack(3, (ObjRef)text, category, (ObjRef)line);
    int result = -1;
    Obj *action = NULL, *short_key = NULL;
    bool has_registry = place->registry != NULL && dict_check(place->registry);
    if (key == NULL || (has_registry && check_version(place->registry) < 0))
        goto done;
    if (has_registry) {
        ObjRef seen = dict_peek(place->registry, key);
        if (seen != NULL && obj_truth(seen) > 0) {
            result = 0;
            goto done;
        }
    }
    action = find_action(text, category, place->module, place->line);
    if (action == NULL)
        goto done;
    if (!str_check(action)) {
        err_format(&exc_type_error, "action must be a string, not '%T'", (ObjRef)action);
        goto done;
    }
    if (str_equal_ascii(action, "error")) {
        err_raise(instance, NULL);
        goto done;
    }
    int seen = 0;
    if (str_equal_ascii(action, "ignore")) {
        result = 0;
        goto done;
    }
    if (str_equal_ascii(action, "once")) {
        short_key = tuple_pack(2, (ObjRef)text, category);
        seen = short_key == NULL ? -1 : seen_once(short_key);
    } else if (str_equal_ascii(action, "module")) {
        Obj *zero = int_new(0);
        short_key = zero == NULL ? NULL : tuple_pack(3, (ObjRef)text, category, (ObjRef)zero);
        obj_xdecref(zero);
        seen = short_key == NULL ? -1 : has_registry ? seen_before(place->registry, short_key) : 0;
    } else if (str_equal_ascii(action, "default")) {
        seen = has_registry ? dict_set(place->registry, key, obj_true) : 0;
    } else if (!str_equal_ascii(action, "always")) {
        err_format(&exc_runtime_error, "Unrecognized action (%R) in warnings.filters:\n %R",
                   (ObjRef)action, (ObjRef)filters);
        goto done;
    }
    if (seen != 0) {
        result = seen < 0 ? -1 : 0;
        goto done;
    }
    result = show(instance, text, category, place, source);
done:
    obj_xdecref(short_key);
    obj_xdecref(action);
    obj_xdecref(key);
    obj_xdecref(line);
    obj_xdecref(instance);
    obj_xdecref(text);
    return result;
}

static int warn_from_c(Type *category, ObjRef message, int64_t stack_level)
{
    if (filters == NULL)
        return 0;
    Place place;
    int result = find_place(stack_level, &place);
    if (result == 0)
        result = warn_at(message, (ObjRef)category, &place, NULL);
    place_free(&place);
    return result;
}

int warnings_warn_at(Type *category, ObjRef message, ObjRef filename, int64_t line)
{
    if (filters == NULL)
        return 0;
    Place place = {obj_incref(filename), NULL, NULL, line};
    place.module = obj_incref(filename);
    int result = warn_at(message, (ObjRef)category, &place, NULL);
    place_free(&place);
    return result;
}

/* ---------------------------------------------------------------- functions */

static int check_category(ObjRef category)
{
    if (obj_has_flag(category, TYPE_TYPE) && type_is_subtype((const Type *)category, &exc_warning))
        return 0;
    return err_format_int(&exc_type_error, "category must be a Warning subclass, not '%T'",
                          category);
}

static Obj *warn(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    static const ArgSpec spec = {"warn", 0, 1,
                                 4,      4, {"message", "category", "stacklevel", "source"}};
    ObjRef values[4];
    int64_t level = 1;
    if (args_bind(&spec, args, nargs, kwnames, values) < 0 || args_to_int64(values[2], &level) < 0)
        return NULL;
    ObjRef category =
        values[1] == NULL || is_none(values[1]) ? (ObjRef)&exc_user_warning : values[1];
    if (obj_is(values[0], &exc_warning))
        category = (ObjRef)obj_type(values[0]);
    Place place;
    int result = check_category(category) < 0 ? -1 : find_place(level, &place);
    if (result < 0)
        return NULL;
    result = warn_at(values[0], category, &place, values[3]);
    place_free(&place);
    return result < 0 ? NULL : none_new();
}

static Obj *warn_explicit(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    static const ArgSpec spec = {"warn_explicit",
                                 0,
                                 4,
                                 8,
                                 8,
                                 {"message", "category", "filename", "lineno", "module", "registry",
                                  "module_globals", "source"}};
    ObjRef values[8];
    Place place = {0};
    if (args_bind(&spec, args, nargs, kwnames, values) < 0 ||
        obj_to_int64(values[3], &place.line) < 0)
        return NULL;
    if (!obj_is(values[0], &exc_warning) && check_category(values[1]) < 0)
        return NULL;
    if (values[5] != NULL && !is_none(values[5]) && !dict_check(values[5]))
        return err_string(&exc_type_error, "'registry' must be a dict or None");
    place.filename = obj_incref(values[2]);
    place.module = obj_incref(values[4] == NULL || is_none(values[4]) ? values[2] : values[4]);
    place.registry = values[5] == NULL || is_none(values[5]) ? NULL : obj_incref(values[5]);
    int result = warn_at(values[0], values[1], &place, values[7]);
    place_free(&place);
    return result < 0 ? NULL : none_new();
}

static Obj *filters_mutated(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    filter_version++;
    return none_new();
}

static const MethodDef functions[] = {
    {"warn", warn, 0, -1, METHOD_KEYWORDS,
     "warn($module, /, message, category=None, stacklevel=1, source=None)\n--\n\nIssues a warning, "
     "or "
     "ignores it, or raises it, as the filters say."},
    {"warn_explicit", warn_explicit, 0, -1, METHOD_KEYWORDS, "Issues a warning for a given place."},
    {"_filters_mutated", filters_mutated, 0, 0, 0, NULL},
    {0},
};

static int exec(ObjRef module)
{
    if (module_add(module, "filters", filters) < 0 ||
        module_add(module, "_defaultaction", default_action) < 0)
        return -1;
    return module_add(module, "_onceregistry", once_registry);
}

const ModuleDef warnings_module = {"_warnings", "Filters and delivery of warnings.", functions,
                                   exec};

/* One filter in front of those added so far: 0/-1. */
static int add_filter(const char *action, Type *category, const char *module)
{
    Obj *items[5] = {str_intern_ascii(action), none_new(), obj_incref((ObjRef)category),
                     module == NULL ? none_new() : str_intern_ascii(module), int_new(0)};
    Obj *filter = tuple_from_results_steal(items, 5);
    return filter == NULL ? -1 : list_append_steal(filters, filter);
}

int warnings_init(void)
{
    filters = list_new(0);
    default_action = str_intern_ascii("default");
    once_registry = dict_new();
    ROOT("the filters of warnings", filters);
    ROOT("the default action of warnings", default_action);
    ROOT("the registry of warnings", once_registry);
    if (filters == NULL || default_action == NULL || once_registry == NULL)
        return -1;
    runtime.hooks.warn = warn_from_c;
    /* The filters with which CPython 3.11's release builds begin. */
    if (add_filter("default", &exc_deprecation_warning, "__main__") < 0 ||
        add_filter("ignore", &exc_deprecation_warning, NULL) < 0 ||
        add_filter("ignore", &exc_pending_deprecation_warning, NULL) < 0 ||
        add_filter("ignore", &exc_import_warning, NULL) < 0)
        return -1;
    return add_filter("ignore", &exc_resource_warning, NULL);
}

void warnings_finish(void)
{
    runtime.hooks.warn = NULL;
    obj_clear(&filters);
    obj_clear(&default_action);
    obj_clear(&once_registry);
}
