/*
 * The names that an interactive user expects: exit, quit, help, copyright, credits, license.
 *
 * They are C objects, so that start-up need not compile anything; help imports pydoc when it is
 * called.
 */

#include "runtime/modules/site.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

/* One such name: what its repr says, and what a call does. */
typedef struct SiteObj {
    Obj base;
    const char *name;
    const char *text; /* shown by repr, and by a call of a printer */
} SiteObj;

#define site_cast(o) ((SiteObj *)(o))

static void site_dealloc(Obj *self)
{
    obj_free(self, (int64_t)sizeof(SiteObj));
}

static Obj *site_repr(ObjRef self)
{
    return str_from_ascii(site_cast(self)->text);
}

/* ---------------------------------------------------------------- exit and quit */

static Obj *quitter_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    static const ArgSpec spec = {"Quitter", 0, 0, 1, 1, {"code"}};
    ObjRef code;
    if (args_bind(&spec, args, nargs, kwnames, &code) < 0)
        return NULL;
    /* Closing stdin also ends a loop that catches SystemExit and reads on. */
    ObjRef input = dict_peek(runtime.sys_dict, names.stdin);
    if (input != NULL && !is_none(input)) {
        Obj *result = obj_call_method(input, names.close, NULL, 0);
        if (result == NULL)
            err_clear();
        obj_xdecref(result);
    }
    return err_object(&exc_system_exit, code == NULL ? (ObjRef)obj_none : code);
}

static Type quitter_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_sitebuiltins.Quitter",
             .flags = TYPE_NO_NEW,
             .dealloc = site_dealloc},
    .doc = "Ends the program when called.",
    .basic_size = (int64_t)sizeof(SiteObj),
    .repr = site_repr,
    .call = quitter_call,
};

/* ---------------------------------------------------------------- help */

static Obj *helper_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    Obj *module = runtime.hooks.import_module("pydoc");
    Obj *help = module == NULL ? NULL : obj_getattr_str(module, "help");
    Obj *result = help == NULL ? NULL : obj_call(help, args, nargs, kwnames);
    obj_xdecref(help);
    obj_xdecref(module);
    return result;
}

static Type helper_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_sitebuiltins._Helper",
             .flags = TYPE_NO_NEW,
             .dealloc = site_dealloc},
    .doc = "Shows what is known of an object.",
    .basic_size = (int64_t)sizeof(SiteObj),
    .repr = site_repr,
    .call = helper_call,
};

/* ---------------------------------------------------------------- copyright, credits, license */

static Obj *printer_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    if (args_no_keywords(site_cast(self)->name, kwnames) < 0 ||
        args_check_count(site_cast(self)->name, nargs, 0, 0) < 0)
        return NULL;
    ObjRef output = dict_peek(runtime.sys_dict, names.stdout);
    Obj *line = str_format_c("%s\n", site_cast(self)->text);
    Obj *result = NULL;
    if (line != NULL && output != NULL) {
        ObjRef arg = line;
        result = obj_call_method(output, names.write, &arg, 1);
    }
    obj_xdecref(line);
    if (result == NULL)
        return err_occurred() != NULL ? NULL : none_new();
    obj_decref(result);
    return none_new();
}

static Type printer_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_sitebuiltins._Printer",
             .flags = TYPE_NO_NEW,
             .dealloc = site_dealloc},
    .doc = "Shows a notice.",
    .basic_size = (int64_t)sizeof(SiteObj),
    .repr = site_repr,
    .call = printer_call,
};

/* ---------------------------------------------------------------- start */

static const struct {
    const char *name;
    Type *type;
    const char *text;
} objects[] = {
    {"exit", &quitter_type, "Use exit() or Ctrl-D (i.e. EOF) to exit"},
    {"quit", &quitter_type, "Use quit() or Ctrl-D (i.e. EOF) to exit"},
    {"help", &helper_type,
     "Type help() for interactive help, or help(object) for help about object."},
    {"copyright", &printer_type, "Copyright (c) the Ouro authors."},
    {"credits", &printer_type,
     "Ouro stands on re2c, Bison, GMP and libunistring, and on the language that CPython defines."},
    {"license", &printer_type, "Ouro may be used under the terms of the MIT license."},
};

int site_init(void)
{
    if (type_ready(&quitter_type) < 0 || type_ready(&helper_type) < 0 ||
        type_ready(&printer_type) < 0)
        return -1;
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        Obj *o = obj_alloc(objects[i].type, (int64_t)sizeof(SiteObj));
        if (o == NULL)
            return -1;
        site_cast(o)->name = objects[i].name;
        site_cast(o)->text = objects[i].text;
        if (module_add_steal(runtime.builtins, objects[i].name, o) < 0)
            return -1;
    }
    return 0;
}

void site_finish(void)
{
    type_unready(&quitter_type);
    type_unready(&helper_type);
    type_unready(&printer_type);
}
