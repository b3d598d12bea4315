/*
 * Module select: waiting for file descriptors with epoll, poll and select.
 *
 * Waits are counted down against the monotonic clock when a signal interrupts them and its handler
 * did not raise.  Objects that have fileno() stand for their descriptors.
 */

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- descriptors and time */

/* The descriptor that an argument stands for: 0/-1. */
static int descriptor_of(ObjRef o, int *out)
{
    int64_t number;
    if (int_check(o)) {
        if (int_to_int64(o, &number) < 0)
            return -1;
    } else {
        Obj *name = str_intern_ascii("fileno"), *method = NULL, *result = NULL;
        if (name == NULL || obj_getattr_opt(o, name, &method) < 0) {
            obj_xdecref(name);
            return -1;
        }
        obj_decref(name);
        if (method == NULL)
            return err_format_int(&exc_type_error,
                                  "argument must be an int, or have a fileno() method.");
        result = obj_call(method, NULL, 0, NULL);
        obj_decref(method);
        if (result == NULL)
            return -1;
        int failed = !int_check(result)
                         ? err_format_int(&exc_type_error, "fileno() returned a non-integer")
                         : int_to_int64(result, &number);
        obj_decref(result);
        if (failed < 0)
            return -1;
    }
    if (number < 0 || number > INT32_MAX)
        return err_format_int(&exc_value_error,
                              "file descriptor cannot be a negative integer (%lld)",
                              (long long)number);
    *out = (int)number;
    return 0;
}

typedef struct Deadline {
    bool limited;
    double end; /* seconds of the monotonic clock */
} Deadline;

static double monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* A time-out argument in units of 1/`unit` seconds; NULL or None or (not `strict`) negative: for
 * ever.  0/-1. */
static int deadline_from(ObjRef arg, double unit, bool strict, Deadline *out)
{
    double amount;
    *out = (Deadline){false, 0};
    if (arg == NULL || is_none(arg))
        return 0;
    if (obj_to_double(arg, &amount) < 0) {
        if (!err_matches(&exc_type_error))
            return -1;
        err_clear();
        return err_format_int(&exc_type_error, "timeout must be an integer or None");
    }
    if (isnan(amount))
        return err_format_int(&exc_value_error, "Invalid value NaN (not a number)");
    if (amount < 0) {
        return strict ? err_format_int(&exc_value_error, "timeout must be non-negative") : 0;
    }
    *out = (Deadline){true, monotonic() + amount / unit};
    return 0;
}

/* Milliseconds left, rounded up; -1: for ever. */
static int milliseconds_left(const Deadline *deadline)
{
    if (!deadline->limited)
        return -1;
    double left = ceil((deadline->end - monotonic()) * 1e3 - 1e-6);
    return left < 0 ? 0 : left > 1e9 ? 1000000000 : (int)left;
}

/* After a failed wait: 0 to go on, -1 with an exception. */
static int interrupted(void)
{
    if (errno != EINTR) {
        err_errno(errno, NULL);
        return -1;
    }
    return runtime.hooks.check_signals == NULL ? 0 : runtime.hooks.check_signals();
}

/* ---- epoll */

typedef struct EpollObj {
    Obj base;
    int fd; /* -1: closed */
} EpollObj;

#define epoll_cast(o) ((EpollObj *)(o))
static Type epoll_type;

static Obj *epoll_from_fd(Type *type, int fd)
{
    EpollObj *self = (EpollObj *)obj_alloc(type, (int64_t)sizeof(EpollObj));
    if (self == NULL) {
        close(fd);
        return NULL;
    }
    self->fd = fd;
    return &self->base;
}

static Obj *epoll_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"epoll", 0, 0, 2, 2, {"sizehint", "flags"}};
    ObjRef bound[2];
    int64_t size = -1, flags = 0;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || args_to_int64(bound[0], &size) < 0 ||
        args_to_int64(bound[1], &flags) < 0)
        return NULL;
    if (size < -1 || size == 0)
        return err_string(&exc_value_error, "negative sizehint");
    if (flags != 0 && flags != EPOLL_CLOEXEC)
        return err_string(&exc_os_error, "invalid flags");
    int fd = epoll_create1(EPOLL_CLOEXEC);
    return fd < 0 ? err_errno(errno, NULL) : epoll_from_fd(type, fd);
}

static void epoll_dealloc(Obj *self)
{
    if (epoll_cast(self)->fd >= 0)
        close(epoll_cast(self)->fd);
    obj_free(self, (int64_t)sizeof(EpollObj));
}

static int epoll_open_fd(ObjRef self)
{
    int fd = ((const EpollObj *)self)->fd;
    return fd >= 0 ? fd : err_format_int(&exc_value_error, "I/O operation on closed epoll object");
}

FUNCTION(epoll_fromfd)
{
    (void)nargs, (void)kwnames;
    int64_t fd;
    return obj_to_int64(args[0], &fd) < 0 ? NULL : epoll_from_fd((Type *)self, (int)fd);
}

FUNCTION(epoll_close)
{
    (void)args, (void)nargs, (void)kwnames;
    EpollObj *epoll = (EpollObj *)self;
    int fd = epoll->fd;
    epoll->fd = -1;
    if (fd >= 0 && close(fd) < 0)
        return err_errno(errno, NULL);
    return none_new();
}

FUNCTION(epoll_fileno)
{
    (void)args, (void)nargs, (void)kwnames;
    int fd = epoll_open_fd(self);
    return fd < 0 ? NULL : int_new(fd);
}

FUNCTION(epoll_enter)
{
    (void)args, (void)nargs, (void)kwnames;
    return epoll_open_fd(self) < 0 ? NULL : obj_incref(self);
}

static Obj *epoll_get_closed(ObjRef self)
{
    return bool_new(((const EpollObj *)self)->fd < 0);
}

/* register, modify, unregister */
static Obj *epoll_control(ObjRef self, int operation, ObjRef file, ObjRef mask)
{
    int epoll = epoll_open_fd(self), fd;
    int64_t events = EPOLLIN | EPOLLOUT | EPOLLPRI;
    if (epoll < 0 || descriptor_of(file, &fd) < 0 || args_to_int64(mask, &events) < 0)
        return NULL;
    struct epoll_event event = {.events = (uint32_t)events, .data.fd = fd};
    return epoll_ctl(epoll, operation, fd, &event) < 0 ? err_errno(errno, NULL) : none_new();
}

FUNCTION(epoll_register)
{
    static const ArgSpec spec = {"register", 0, 1, 2, 2, {"fd", "eventmask"}};
    ObjRef bound[2];
    return args_bind(&spec, args, nargs, kwnames, bound) < 0
               ? NULL
               : epoll_control(self, EPOLL_CTL_ADD, bound[0], bound[1]);
}

FUNCTION(epoll_modify)
{
    static const ArgSpec spec = {"modify", 0, 2, 2, 2, {"fd", "eventmask"}};
    ObjRef bound[2];
    return args_bind(&spec, args, nargs, kwnames, bound) < 0
               ? NULL
               : epoll_control(self, EPOLL_CTL_MOD, bound[0], bound[1]);
}

FUNCTION(epoll_unregister)
{
    static const ArgSpec spec = {"unregister", 0, 1, 1, 1, {"fd"}};
    ObjRef bound[1];
    return args_bind(&spec, args, nargs, kwnames, bound) < 0
               ? NULL
               : epoll_control(self, EPOLL_CTL_DEL, bound[0], NULL);
}

/* (descriptor, events) */
static int add_pair(ObjRef list, int fd, int64_t events)
{
    Obj *number = int_new(fd), *mask = int_new(events), *pair = NULL;
    if (number != NULL && mask != NULL)
        pair = tuple_pack(2, (ObjRef)number, (ObjRef)mask);
    obj_xdecref(number);
    obj_xdecref(mask);
    return pair == NULL ? -1 : list_append_steal(list, pair);
}

FUNCTION(epoll_poll)
{
    static const ArgSpec spec = {"poll", 0, 0, 2, 2, {"timeout", "maxevents"}};
    ObjRef bound[2];
    int64_t most = -1;
    Deadline deadline;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || epoll_open_fd(self) < 0 ||
        deadline_from(bound[0], 1, false, &deadline) < 0 || args_to_int64(bound[1], &most) < 0)
        return NULL;
    if (most == -1)
        most = FD_SETSIZE - 1;
    if (most < 1 || most > INT32_MAX / (int64_t)sizeof(struct epoll_event))
        return err_format(&exc_value_error, "maxevents must be greater than 0, got %lld",
                          (long long)most);
    size_t bytes = (size_t)most * sizeof(struct epoll_event);
    struct epoll_event *events = mem_alloc(bytes);
    if (events == NULL)
        return err_no_memory();
    Obj *list = NULL;
    int count;
    for (;;) {
        int fd = epoll_open_fd(self);
        if (fd < 0)
            goto done;
        count = epoll_wait(fd, events, (int)most, milliseconds_left(&deadline));
        if (count >= 0)
            break;
        if (interrupted() < 0)
            goto done;
    }
    list = list_new(0);
    for (int i = 0; list != NULL && i < count; i++) {
        if (add_pair(list, events[i].data.fd, events[i].events) < 0)
            obj_clear(&list);
    }
done:
    mem_free(events, bytes);
    return list;
}

static const MethodDef epoll_methods[] = {
    {"fromfd", epoll_fromfd, 1, 1, METHOD_CLASS,
     "fromfd(fd, /)\n--\n\nAn epoll object for an open descriptor of one."},
    {"close", epoll_close, 0, 0, 0, "close()\n--\n\nCloses the descriptor."},
    {"fileno", epoll_fileno, 0, 0, 0, "fileno()\n--\n\nThe descriptor."},
    {"register", epoll_register, 0, -1, METHOD_KEYWORDS,
     "register(fd, eventmask=EPOLLIN|EPOLLPRI|EPOLLOUT)\n--\n\nWatches a descriptor."},
    {"modify", epoll_modify, 0, -1, METHOD_KEYWORDS,
     "modify(fd, eventmask)\n--\n\nOther events for a descriptor."},
    {"unregister", epoll_unregister, 0, -1, METHOD_KEYWORDS,
     "unregister(fd)\n--\n\nWatches a descriptor no longer."},
    {"poll", epoll_poll, 0, -1, METHOD_KEYWORDS,
     "poll(timeout=None, maxevents=-1)\n--\n\nWaits: a list of (descriptor, events)."},
    {"__enter__", epoll_enter, 0, 0, 0, "The object itself."},
    {"__exit__", epoll_close, 0, 3, 0, "Closes it."},
    {0},
};

static const GetSetDef epoll_getset[] = {
    {"closed", epoll_get_closed, NULL, "Whether it was closed."},
    {0},
};

static Type epoll_type = {
    .head = {.base = {1, &type_type.root},
             .name = "select.epoll",
             .flags = TYPE_BASE,
             .dealloc = epoll_dealloc},
    .basic_size = sizeof(EpollObj),
    .doc = "Watches descriptors of files, pipes and sockets.",
    .new = epoll_new,
    .methods = epoll_methods,
    .getset = epoll_getset,
};

/* ---- poll */

typedef struct PollObj {
    Obj base;
    Obj *watched; /* owned dict: descriptor → events */
} PollObj;

static Type poll_type;

static void poll_dealloc(Obj *self)
{
    obj_xdecref(((PollObj *)self)->watched);
    obj_free(self, (int64_t)sizeof(PollObj));
}

FUNCTION(poll_register)
{
    (void)kwnames;
    int fd;
    int64_t events = POLLIN | POLLPRI | POLLOUT;
    if (descriptor_of(args[0], &fd) < 0 || (nargs > 1 && obj_to_int64(args[1], &events) < 0))
        return NULL;
    Obj *key = int_new(fd), *mask = int_new(events);
    int result =
        key == NULL || mask == NULL ? -1 : dict_set(((const PollObj *)self)->watched, key, mask);
    obj_xdecref(key);
    obj_xdecref(mask);
    return result < 0 ? NULL : none_new();
}

FUNCTION(poll_modify)
{
    int fd;
    if (descriptor_of(args[0], &fd) < 0)
        return NULL;
    Obj *key = int_new(fd);
    int known = key == NULL ? -1 : dict_contains(((const PollObj *)self)->watched, key);
    obj_xdecref(key);
    if (known <= 0)
        return known < 0 ? NULL : err_errno(ENOENT, NULL);
    return poll_register(self, args, nargs, kwnames);
}

FUNCTION(poll_unregister)
{
    (void)nargs, (void)kwnames;
    int fd;
    if (descriptor_of(args[0], &fd) < 0)
        return NULL;
    Obj *key = int_new(fd);
    int known = key == NULL ? -1 : dict_discard(((const PollObj *)self)->watched, key);
    if (known == 0)
        err_object(&exc_key_error, key);
    obj_xdecref(key);
    return known <= 0 ? NULL : none_new();
}

/* The watched descriptors as an array (*count of them); NULL and MemoryError. */
static struct pollfd *poll_array(ObjRef watched, int64_t *count)
{
    *count = dict_length(watched);
    struct pollfd *array = mem_alloc(((size_t)*count + 1) * sizeof *array);
    if (array == NULL) {
        err_no_memory();
        return NULL;
    }
    int64_t position = 0, i = 0, fd, events;
    ObjRef key, mask;
    while (i < *count && dict_next(watched, &position, &key, &mask)) {
        if (int_to_int64(key, &fd) < 0 || int_to_int64(mask, &events) < 0)
            err_clear();
        else
            array[i++] = (struct pollfd){.fd = (int)fd, .events = (short)events};
    }
    return array;
}

FUNCTION(poll_poll)
{
    (void)kwnames;
    Deadline deadline;
    int64_t count;
    if (deadline_from(nargs > 0 ? args[0] : NULL, 1e3, false, &deadline) < 0)
        return NULL;
    struct pollfd *array = poll_array(((const PollObj *)self)->watched, &count);
    if (array == NULL)
        return NULL;
    Obj *list = NULL;
    while (poll(array, (nfds_t)count, milliseconds_left(&deadline)) < 0) {
        if (interrupted() < 0)
            goto done;
    }
    list = list_new(0);
    for (int64_t i = 0; list != NULL && i < count; i++) {
        if (array[i].revents != 0 &&
            add_pair(list, array[i].fd, (int64_t)(unsigned short)array[i].revents) < 0)
            obj_clear(&list);
    }
done:
    mem_free(array, ((size_t)count + 1) * sizeof *array);
    return list;
}

static const MethodDef poll_methods[] = {
    {"register", poll_register, 1, 2, 0,
     "register(fd, eventmask=POLLIN|POLLPRI|POLLOUT, /)\n--\n\nWatches a descriptor."},
    {"modify", poll_modify, 2, 2, 0,
     "modify(fd, eventmask, /)\n--\n\nOther events for a descriptor."},
    {"unregister", poll_unregister, 1, 1, 0,
     "unregister(fd, /)\n--\n\nWatches a descriptor no longer."},
    {"poll", poll_poll, 0, 1, 0,
     "poll(timeout=None, /)\n--\n\nWaits (milliseconds): a list of (descriptor, events)."},
    {0},
};

static Type poll_type = {
    .head = {.base = {1, &type_type.root},
             .name = "select.poll",
             .flags = TYPE_NO_NEW,
             .dealloc = poll_dealloc},
    .basic_size = sizeof(PollObj),
    .methods = poll_methods,
};

FUNCTION(select_poll)
{
    UNUSED;
    Obj *watched = dict_new();
    if (watched == NULL)
        return NULL;
    PollObj *poller = (PollObj *)obj_new(&poll_type, (int64_t)sizeof(PollObj));
    if (poller == NULL) {
        obj_decref(watched);
        return NULL;
    }
    poller->watched = watched;
    return &poller->base;
}

/* ---- select */

/* One of the three sets: the objects as a list, their descriptors in `set`: 0/-1. */
static int read_set(ObjRef iterable, fd_set *set, int *highest, Obj **objects)
{
    FD_ZERO(set);
    *objects = list_new(0);
    if (*objects == NULL)
        return -1;
    if (list_extend(*objects, iterable) < 0) {
        if (err_matches(&exc_type_error)) {
            err_clear();
            err_format(&exc_type_error, "arguments 1-3 must be sequences");
        }
        return -1;
    }
    for (int64_t i = 0; i < list_length(*objects); i++) {
        int fd;
        Obj *file = obj_incref(list_peek(*objects, i));
        int failed = descriptor_of(file, &fd);
        obj_decref(file);
        if (failed < 0)
            return -1;
        if (fd >= FD_SETSIZE)
            return err_format_int(&exc_value_error, "filedescriptor out of range in select()");
        FD_SET(fd, set);
        if (fd > *highest)
            *highest = fd;
    }
    return 0;
}

/* The objects whose descriptors are in `set`: new list. */
static Obj *ready_objects(ObjRef objects, const fd_set *set)
{
    Obj *list = list_new(0);
    for (int64_t i = 0; list != NULL && i < list_length(objects); i++) {
        int fd;
        Obj *file = obj_incref(list_peek(objects, i));
        if (descriptor_of(file, &fd) < 0 ||
            (fd < FD_SETSIZE && FD_ISSET(fd, set) && list_append(list, file) < 0))
            obj_clear(&list);
        obj_decref(file);
    }
    return list;
}

FUNCTION(select_select)
{
    (void)self, (void)kwnames;
    fd_set wanted[3], sets[3];
    Obj *objects[3] = {NULL, NULL, NULL}, *ready[3] = {NULL, NULL, NULL}, *result = NULL;
    int highest = -1;
    Deadline deadline;
    if (deadline_from(nargs > 3 ? args[3] : NULL, 1, true, &deadline) < 0)
        return NULL;
    for (int i = 0; i < 3; i++) {
        if (read_set(args[i], &wanted[i], &highest, &objects[i]) < 0)
            goto done;
    }
    for (;;) {
        for (int i = 0; i < 3; i++)
            sets[i] = wanted[i];
        int left = milliseconds_left(&deadline);
        struct timeval wait = {left / 1000, left % 1000 * 1000L};
        if (select(highest + 1, &sets[0], &sets[1], &sets[2], left < 0 ? NULL : &wait) >= 0)
            break;
        if (interrupted() < 0)
            goto done;
    }
    for (int i = 0; i < 3; i++) {
        ready[i] = ready_objects(objects[i], &sets[i]);
        if (ready[i] == NULL)
            goto done;
    }
    result = tuple_pack(3, (ObjRef)ready[0], (ObjRef)ready[1], (ObjRef)ready[2]);
done:
    for (int i = 0; i < 3; i++) {
        obj_xdecref(objects[i]);
        obj_xdecref(ready[i]);
    }
    return result;
}

/* ---- the module */

static const MethodDef functions[] = {
    {"poll", select_poll, 0, 0, 0, "poll()\n--\n\nAn object that watches descriptors."},
    {"select", select_select, 3, 4, 0,
     "select(rlist, wlist, xlist, timeout=None, /)\n--\n\nWaits until one can be read, written to "
     "or is in an exceptional state: three lists."},
    {0},
};

static const struct {
    const char *name;
    int64_t number;
} constants[] = {
    {"EPOLLIN", EPOLLIN},
    {"EPOLLOUT", EPOLLOUT},
    {"EPOLLPRI", EPOLLPRI},
    {"EPOLLERR", EPOLLERR},
    {"EPOLLHUP", EPOLLHUP},
    {"EPOLLRDHUP", EPOLLRDHUP},
    {"EPOLLET", (int64_t)EPOLLET},
    {"EPOLLONESHOT", EPOLLONESHOT},
    {"EPOLLEXCLUSIVE", EPOLLEXCLUSIVE},
    {"EPOLLRDNORM", EPOLLRDNORM},
    {"EPOLLRDBAND", EPOLLRDBAND},
    {"EPOLLWRNORM", EPOLLWRNORM},
    {"EPOLLWRBAND", EPOLLWRBAND},
    {"EPOLLMSG", EPOLLMSG},
    {"EPOLL_CLOEXEC", EPOLL_CLOEXEC},
    {"POLLIN", POLLIN},
    {"POLLOUT", POLLOUT},
    {"POLLPRI", POLLPRI},
    {"POLLERR", POLLERR},
    {"POLLHUP", POLLHUP},
    {"POLLNVAL", POLLNVAL},
    {"POLLRDHUP", POLLRDHUP},
    {"POLLRDNORM", POLLRDNORM},
    {"POLLRDBAND", POLLRDBAND},
    {"POLLWRNORM", POLLWRNORM},
    {"POLLWRBAND", POLLWRBAND},
    {"POLLMSG", POLLMSG},
    {"PIPE_BUF", 4096},
};

static int exec(ObjRef module)
{
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (module_add_int(module, constants[i].name, constants[i].number) < 0)
            return -1;
    }
    if (type_ready(&epoll_type) < 0 || type_ready(&poll_type) < 0)
        return -1;
    if (module_add(module, "epoll", &epoll_type.head.base) < 0)
        return -1;
    return module_add(module, "error", &exc_os_error.head.base);
}

const ModuleDef select_module = {"select", "Waiting for file descriptors.", functions, exec};
