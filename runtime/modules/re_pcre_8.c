/* PCRE2's library for items of 8 bits: see re_pcre_width.h. */

#define PCRE2_CODE_UNIT_WIDTH 8
#define LIBRARY re_pcre_8
#include "runtime/modules/re_pcre_width.h"
