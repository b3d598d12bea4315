#ifndef OURO_RUNTIME_TYPES_STR_METHODS_H
#define OURO_RUNTIME_TYPES_STR_METHODS_H

/* The method table of str and the searching and casing that its parts share. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

extern const MethodDef str_methods[];

/* str_find.c: searching in raw arrays of 1, 2 or 4 bytes per item; needle_kind <= kind.  Results
 * are item indices, -1: not found.  Linear in length + needle_length in every case. */
int64_t str_find_raw(const void *text, int kind, int64_t length, const void *needle,
                     int needle_kind, int64_t needle_length);
int64_t str_rfind_raw(const void *text, int kind, int64_t length, const void *needle,
                      int needle_kind, int64_t needle_length);
/* Number of non-overlapping occurrences, at most `limit`. */
int64_t str_count_raw(const void *text, int kind, int64_t length, const void *needle,
                      int needle_kind, int64_t needle_length, int64_t limit);
/* First / last item equal to c. */
int64_t str_find_char_raw(const void *text, int kind, int64_t length, uint32_t c);
int64_t str_rfind_char_raw(const void *text, int kind, int64_t length, uint32_t c);
/* Last position of needle in [start, end), or -1. */
int64_t str_rfind(ObjRef o, ObjRef needle, int64_t start, int64_t end);

/* str_split.c */
Obj *str_split_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_rsplit_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_splitlines_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_partition_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_rpartition_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_replace_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* str_case.c */
Obj *str_upper_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_lower_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_title_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_capitalize_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_swapcase_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_casefold_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* str_translate.c */
Obj *str_translate_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_maketrans_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* str_format.c */
Obj *str_format_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *str_format_map_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
/* What module _string gives: an iterator over (literal, field, spec, conversion), and (first,
 * rest). */
Obj *str_format_parser(ObjRef text);
Obj *str_format_split_field(ObjRef text);
extern Type formatter_iterator_type, field_name_iterator_type;

#endif
