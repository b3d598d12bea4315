/* PCRE2's library for items of 32 bits: see re_pcre_width.h. */

#define PCRE2_CODE_UNIT_WIDTH 32
#define LIBRARY re_pcre_32
#include "runtime/modules/re_pcre_width.h"
