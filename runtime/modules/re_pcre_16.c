/* PCRE2's library for items of 16 bits: see re_pcre_width.h. */

#define PCRE2_CODE_UNIT_WIDTH 16
#define LIBRARY re_pcre_16
#include "runtime/modules/re_pcre_width.h"
