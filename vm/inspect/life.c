/*
 * The lives of objects, under -X track.
 *
 * An observer of the traced loop (vm/interp/tracing.h) compares the reference counts of all watched
 * objects whenever a line of the program is about to run or a function is entered or left: what
 * differs is the work of the line that ran before.  New objects are found at the end of the
 * youngest generation's list, where the collector puts what it begins to track; deaths are told by
 * obj_dying_hook and moves by the collector's observer.  Nothing is asked of the paths that count
 * references, so without -X track there is nothing to pay, and with it what is told was seen.
 *
 * Counts that rise and fall again inside one line are not told, and neither is what no collector
 * tracks (numbers, strings).  Lines of the library count as the line of the program that called it;
 * what its modules make while they are imported is not watched.
 */

#include "vm/inspect/life.h"

#include <string.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/ids.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "vm/inspect/edges.h"
#include "vm/inspect/naming.h"
#include "vm/inspect/report.h"
#include "vm/interp/tracing.h"

enum {
    LIVES_MAX = 1 << 16, /* objects that are watched or remembered */
    EVENTS_MAX = 256,    /* of one object */
};

typedef enum LifeKind { LIFE_MADE, LIFE_COUNT, LIFE_MOVED, LIFE_FREED } LifeKind;

static const char *const kind_texts[] = {"made", "count", "generation", "freed"};

/* A function of the program; texts are copies. */
typedef struct Source {
    char *file, *function;
} Source;

typedef struct Spot {
    int32_t source; /* -1: no line of the program has run */
    int32_t line;
} Spot;

typedef struct LifeEvent {
    int64_t step; /* lines of the program that ran before */
    int64_t before, after;
    Spot spot;
    LifeKind kind;
} LifeEvent;

typedef struct Life {
    ObjRef object;    /* NULL: dead */
    uintptr_t id;     /* of a dead one: what it was known by */
    const char *type; /* a copy */
    int64_t count;
    LifeEvent *events;
    int32_t event_count, event_room;
    int64_t left_out;
} Life;

/* An address in the table: watched (life >= 0), or an object that is not (life == -1). */
typedef struct Known {
    ObjRef object; /* NULL: free */
    int32_t life;
} Known;

bool life_on;
static Life *lives;
static int64_t life_count, life_room, next_dead;
static Known *known; /* open addressing */
static int64_t known_count, known_room;
static Source *sources;
static int32_t source_count, source_room;
static Spot current = {-1, 0};
static int64_t step;
static bool failed; /* no memory: nothing more is noted */
static void (*next_hook)(ObjRef o);
static TracingObserver observer;

/* ---- tables */

static bool grow(void **array, int64_t *room, size_t size, int64_t first)
{
    int64_t wanted = *room == 0 ? first : *room * 2;
    void *grown = mem_realloc(*array, (size_t)*room * size, (size_t)wanted * size);
    if (grown == NULL) {
        failed = true;
        return false;
    }
    *array = grown;
    *room = wanted;
    return true;
}

static int64_t home_of(ObjRef o)
{
    return (int64_t)(((uint64_t)(uintptr_t)o >> 4) * 0x9E3779B97F4A7C15u >> 20) & (known_room - 1);
}

static int64_t find_known(ObjRef o)
{
    int64_t i = home_of(o);
    while (known[i].object != NULL && known[i].object != o)
        i = (i + 1) & (known_room - 1);
    return i;
}

static bool is_known(ObjRef o)
{
    return known_room > 0 && known[find_known(o)].object == o;
}

static void know(ObjRef o, int32_t life)
{
    if (known_count >= known_room / 2) {
        Known *old = known;
        int64_t old_room = known_room, room = old_room == 0 ? 8192 : old_room * 2;
        Known *fresh = mem_alloc_zero((size_t)room * sizeof *fresh);
        if (fresh == NULL) {
            failed = true;
            return;
        }
        known = fresh;
        known_room = room;
        for (int64_t i = 0; i < old_room; i++) {
            if (old[i].object != NULL)
                known[find_known(old[i].object)] = old[i];
        }
        mem_free(old, (size_t)old_room * sizeof *old);
    }
    known[find_known(o)] = (Known){o, life};
    known_count++;
}

static void forget(int64_t hole)
{
    int64_t mask = known_room - 1;
    known_count--;
    for (int64_t i = (hole + 1) & mask; known[i].object != NULL; i = (i + 1) & mask) {
        if (((i - home_of(known[i].object)) & mask) >= ((i - hole) & mask)) {
            known[hole] = known[i];
            hole = i;
        }
    }
    known[hole].object = NULL;
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = mem_alloc(size);
    if (copy == NULL)
        failed = true;
    else
        memcpy(copy, text, size);
    return copy;
}

static void free_text(const char *text)
{
    if (text != NULL)
        mem_free((char *)(uintptr_t)text, strlen(text) + 1);
}

/* Number of the code's function; -1: it belongs to the library or there is no memory. */
static int32_t source_of(const CodeObj *code)
{
    static int32_t last;
    const char *file = str_utf8(code->filename, NULL), *function = str_utf8(code->qualname, NULL);
    if (file == NULL || function == NULL) {
        err_clear();
        return -1;
    }
    if (strncmp(file, "<frozen", 7) == 0)
        return -1;
    for (int32_t i = 0; i < source_count; i++) {
        int32_t at = (last + i) % source_count;
        if (strcmp(sources[at].function, function) == 0 && strcmp(sources[at].file, file) == 0)
            return last = at;
    }
    int64_t room = source_room;
    if (source_count == source_room && !grow((void **)&sources, &room, sizeof(Source), 64))
        return -1;
    source_room = (int32_t)room;
    Source made = {copy_text(file), copy_text(function)};
    if (made.file == NULL || made.function == NULL) {
        free_text(made.file);
        free_text(made.function);
        return -1;
    }
    sources[source_count] = made;
    return last = source_count++;
}

/* ---- events */

static void note(Life *life, LifeKind kind, int64_t before, int64_t after)
{
    if (life->event_count == EVENTS_MAX && kind != LIFE_FREED) {
        life->left_out++;
        return;
    }
    if (life->event_count == life->event_room) {
        int64_t room = life->event_room;
        if (!grow((void **)&life->events, &room, sizeof(LifeEvent), 4))
            return;
        life->event_room = (int32_t)room;
    }
    life->events[life->event_count++] = (LifeEvent){step, before, after, current, kind};
}

static void clear_life(Life *life)
{
    mem_free(life->events, (size_t)life->event_room * sizeof(LifeEvent));
    free_text(life->type);
    *life = (Life){0};
}

/* A free record: a new one, or that of the object that died longest ago; -1: all are alive. */
static int32_t take_life(void)
{
    if (life_count < LIVES_MAX) {
        if (life_count == life_room && !grow((void **)&lives, &life_room, sizeof(Life), 256))
            return -1;
        return (int32_t)life_count++;
    }
    for (int64_t i = 0; i < LIVES_MAX; i++) {
        int64_t at = (next_dead + i) % LIVES_MAX;
        if (lives[at].object == NULL) {
            next_dead = at + 1;
            clear_life(&lives[at]);
            return (int32_t)at;
        }
    }
    return -1;
}

static void watch(ObjRef o)
{
    int32_t at = current.source < 0 ? -1 : take_life();
    if (at >= 0) {
        lives[at] =
            (Life){.object = o, .type = copy_text(type_name(obj_type(o))), .count = o->refcnt};
        note(&lives[at], LIFE_MADE, 0, o->refcnt);
    }
    know(o, at);
}

/* What was tracked since the last time lies at the end of the youngest list. */
static void find_new(bool watched)
{
    GcLink *head = &gc_heap.generations[0].head;
    GcLink *link = (GcLink *)(head->prev & ~(uintptr_t)GC_BITS), *first = head;
    while (link != head && !is_known((ObjRef)(link + 1))) {
        first = link;
        link = (GcLink *)(link->prev & ~(uintptr_t)GC_BITS);
    }
    for (link = first; link != head && !failed; link = link->next) {
        ObjRef o = (ObjRef)(link + 1);
        if (is_known(o))
            continue;
        if (watched)
            watch(o);
        else
            know(o, -1);
    }
}

/* Everything that the line at `current` did is noted. */
static void settle(void)
{
    if (failed || gc_heap.collecting)
        return;
    find_new(true);
    for (int64_t i = 0; i < life_count; i++) {
        Life *life = &lives[i];
        if (life->object != NULL && life->object->refcnt != life->count) {
            note(life, LIFE_COUNT, life->count, life->object->refcnt);
            life->count = life->object->refcnt;
        }
    }
}

/* ---- what tells */

static bool is_program(const CallRecord *record, Spot *spot)
{
    if (inspect_is_own(record_function(record)->globals))
        return false;
    spot->source = source_of(record_code(record));
    spot->line = 0;
    return spot->source >= 0;
}

static void on_line(CallRecord *record, int32_t line)
{
    Spot spot;
    if (!is_program(record, &spot))
        return;
    settle();
    spot.line = line;
    current = spot;
    step++;
}

static void on_enter(CallRecord *record)
{
    Spot spot;
    if (is_program(record, &spot))
        settle();
}

/* Goes back to the line of the program that called. */
static void on_leave(CallRecord *record)
{
    Spot spot;
    if (!is_program(record, &spot)) {
        const CodeObj *code = record_code(record);
        if ((code->flags & CODE_OPTIMIZED) == 0 && !failed && !gc_heap.collecting)
            find_new(false); /* a module of the library has been imported */
        return;
    }
    settle();
    for (CallRecord *below = record - 1; below > vm_current()->records; below--) {
        if (is_program(below, &spot)) {
            spot.line =
                code_line_at(record_code(below), (int32_t)(below->ip - record_code(below)->words));
            current = spot;
            return;
        }
    }
}

static void on_dying(ObjRef o)
{
    int64_t at = known_room == 0 ? 0 : find_known(o);
    if (known_room > 0 && known[at].object == o) {
        if (known[at].life >= 0) {
            Life *life = &lives[known[at].life];
            note(life, LIFE_FREED, life->count, 0);
            life->object = NULL;
            life->id = ids_stable ? ids_peek(o) : (uintptr_t)o;
        }
        forget(at);
    }
    if (next_hook != NULL)
        next_hook(o);
}

static void on_collection(GcStep gc_step, ObjRef o, int64_t number)
{
    (void)number;
    if (failed)
        return;
    if (gc_step == GC_STEP_CANDIDATE && !is_known(o)) {
        watch(o);
    } else if (gc_step == GC_STEP_REACHABLE && is_known(o)) {
        int32_t at = known[find_known(o)].life;
        int generation = gc_heap.collecting_generation;
        if (at >= 0 && generation + 1 < GC_GENERATIONS)
            note(&lives[at], LIFE_MOVED, generation, generation + 1);
    }
}

static int know_old(ObjRef o, void *context)
{
    (void)context;
    if (!is_known(o))
        know(o, -1);
    return 0;
}

void life_start(void)
{
    if (life_on)
        return;
    life_on = true;
    gc_each(-1, know_old, NULL);
    next_hook = obj_dying_hook;
    obj_dying_hook = on_dying;
    gc_heap.observe = on_collection;
    observer = (TracingObserver){.enter = on_enter, .line = on_line, .leave = on_leave};
    tracing_observe(&observer);
}

void life_finish(void)
{
    if (!life_on)
        return;
    life_on = false;
    tracing_unobserve(&observer);
    obj_dying_hook = next_hook;
    gc_heap.observe = NULL;
    for (int64_t i = 0; i < life_count; i++)
        clear_life(&lives[i]);
    for (int32_t i = 0; i < source_count; i++) {
        free_text(sources[i].file);
        free_text(sources[i].function);
    }
    mem_free(lives, (size_t)life_room * sizeof(Life));
    mem_free(known, (size_t)known_room * sizeof(Known));
    mem_free(sources, (size_t)source_room * sizeof(Source));
    lives = NULL;
    known = NULL;
    sources = NULL;
    life_count = life_room = next_dead = known_count = known_room = step = 0;
    source_count = source_room = 0;
    current = (Spot){-1, 0};
    failed = false;
}

/* ---- the report */

static int add_event(ObjRef list, const LifeEvent *event)
{
    const Source *source = event->spot.source < 0 ? NULL : &sources[event->spot.source];
    Obj *row = dict_new();
    if (row == NULL || report_set_int(row, "step", event->step) < 0 ||
        report_set_text(row, "event", kind_texts[event->kind]) < 0 ||
        report_set_steal(row, "file",
                         source == NULL
                             ? none_new()
                             : str_from_utf8(source->file, (int64_t)strlen(source->file))) < 0 ||
        report_set_steal(row, "function",
                         source == NULL ? none_new()
                                        : str_from_utf8(source->function,
                                                        (int64_t)strlen(source->function))) < 0 ||
        report_set_int(row, "line", event->spot.line) < 0 ||
        report_set_int(row, "before", event->before) < 0 ||
        report_set_int(row, "after", event->after) < 0) {
        obj_xdecref(row);
        return -1;
    }
    return list_append_steal(list, row);
}

static const Life *find_life(ObjRef o)
{
    if (known_room > 0 && is_known(o)) {
        int32_t at = known[find_known(o)].life;
        return at < 0 ? NULL : &lives[at];
    }
    int64_t number;
    if (!int_check_exact(o) || int_to_int64(o, &number) != 0)
        return NULL;
    uintptr_t address = ids_resolve((uintptr_t)number, NULL);
    const Life *found = NULL;
    for (int64_t i = 0; number != 0 && i < life_count; i++) {
        const Life *life = &lives[i];
        if (life->object != NULL && (uintptr_t)life->object == address)
            return life;
        if (life->object == NULL && life->id == (uintptr_t)number &&
            (found == NULL ||
             life->events[life->event_count - 1].step > found->events[found->event_count - 1].step))
            found = life;
    }
    return found;
}

Obj *life_report(ObjRef o)
{
    if (!life_on)
        return err_string(&exc_runtime_error, "objects are not tracked: run ouro -X track");
    const Life *life = find_life(o);
    if (life == NULL || life->event_count == 0)
        return none_new();
    Obj *report = dict_new(), *events = list_new(0);
    int failure = report == NULL || events == NULL;
    for (int32_t i = 0; !failure && i < life->event_count; i++)
        failure = add_event(events, &life->events[i]) < 0;
    if (failure || report_set_text(report, "type", life->type == NULL ? "?" : life->type) < 0 ||
        report_set_bool(report, "alive", life->object != NULL) < 0 ||
        (life->object != NULL ? report_set_id(report, "id", life->object)
                              : report_set_int(report, "id", (int64_t)life->id)) < 0 ||
        report_set_int(report, "count", life->object == NULL ? 0 : life->count) < 0 ||
        report_set_int(report, "left_out", life->left_out) < 0 ||
        dict_set_ascii(report, "events", events) < 0)
        obj_clear(&report);
    obj_xdecref(events);
    return report;
}
