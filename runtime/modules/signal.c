/*
 * Module _signal: handlers of signals in Python.
 *
 * What the system calls (note_signal) sets a flag per signal and the breaker; signal_run calls the
 * handlers.  handlers[n] is what signal.getsignal(n) shows: SIG_DFL and SIG_IGN as ints 0 and 1, a
 * callable, or NULL (shown as None) for a handler that is not Python's.
 */

#include "runtime/modules/signal.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

enum { SIGNALS = 65 };

static volatile sig_atomic_t came[SIGNALS];
static Obj *handlers[SIGNALS];
static Obj *interrupt_handler; /* default_int_handler */

/* ---- what the system calls */

static void note_signal(int number)
{
    came[number] = 1;
    runtime.breaker |= BREAK_SIGNAL;
}

static int install(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    return sigaction(number, &action, NULL);
}

/* ---- for the VM */

void signal_catch_interrupts(void)
{
    struct sigaction now;
    if (sigaction(SIGINT, NULL, &now) == 0 && now.sa_handler == SIG_DFL)
        install(SIGINT, note_signal);
}

bool signal_take_interrupt(void)
{
    bool taken = came[SIGINT] != 0;
    came[SIGINT] = 0;
    return taken;
}

/* Calls the handler of one signal: 0/-1. */
static int run_handler(int number)
{
    if (handlers[number] == NULL || handlers[number] == interrupt_handler) {
        if (number == SIGINT)
            return err_format_int(&exc_keyboard_interrupt, "");
        return 0;
    }
    Obj *handler = obj_incref(handlers[number]);
    Obj *frame = runtime.hooks.current_frame == NULL ? NULL : runtime.hooks.current_frame(0);
    Obj *signal_number = int_new(number);
    if (frame == NULL) {
        err_clear();
        frame = none_new();
    }
    Obj *result = signal_number == NULL ? NULL : obj_call2(handler, signal_number, frame);
    obj_xdecref(signal_number);
    obj_decref(frame);
    obj_decref(handler);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

int signal_run(void)
{
    if ((runtime.breaker & BREAK_SIGNAL) == 0)
        return 0;
    runtime.breaker &= ~BREAK_SIGNAL;
    for (int number = 1; number < SIGNALS; number++) {
        if (!came[number])
            continue;
        came[number] = 0;
        if (run_handler(number) < 0) {
            runtime.breaker |= BREAK_SIGNAL; /* others may have come */
            return -1;
        }
    }
    return 0;
}

void signal_finish(void)
{
    for (int number = 1; number < SIGNALS; number++) {
        /* A signal that comes later must find no Python handler. */
        if (handlers[number] != NULL && handlers[number] != interrupt_handler &&
            !int_check(handlers[number]))
            install(number, SIG_DFL);
        obj_clear(&handlers[number]);
    }
    obj_clear(&interrupt_handler);
}

/* ---- functions */

static int signal_number(ObjRef arg, int *out)
{
    int64_t number;
    if (obj_to_int64(arg, &number) < 0)
        return -1;
    if (number < 1 || number >= SIGNALS)
        return err_format_int(&exc_value_error, "signal number out of range");
    *out = (int)number;
    return 0;
}

/* What getsignal shows: new reference. */
static Obj *shown_handler(int number)
{
    if (handlers[number] != NULL)
        return obj_incref(handlers[number]);
    struct sigaction now;
    if (sigaction(number, NULL, &now) < 0)
        return none_new();
    if (now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN)
        return int_new(now.sa_handler == SIG_IGN);
    return number == SIGINT && now.sa_handler == note_signal && interrupt_handler != NULL
               ? obj_incref(interrupt_handler)
               : none_new();
}

FUNCTION(signal_signal)
{
    (void)self, (void)nargs, (void)kwnames;
    int number;
    if (signal_number(args[0], &number) < 0)
        return NULL;
    void (*installed)(int) = note_signal;
    int64_t special;
    if (int_check(args[1])) {
        if (int_to_int64(args[1], &special) < 0 || special < 0 || special > 1) {
            err_clear();
            goto wrong;
        }
        installed = special == 0 ? SIG_DFL : SIG_IGN;
    } else if (obj_is_callable(args[1]) <= 0) {
        goto wrong;
    }
    if (signal_run() < 0)
        return NULL;
    Obj *old = shown_handler(number);
    if (old == NULL)
        return NULL;
    if (install(number, installed) < 0) {
        obj_decref(old);
        return err_errno(errno, NULL);
    }
    Obj *handler = int_check(args[1]) ? int_from_object(args[1]) : obj_incref(args[1]);
    obj_replace(&handlers[number], handler);
    return old;
wrong:
    return err_string(
        &exc_type_error,
        "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
}

FUNCTION(signal_getsignal)
{
    (void)self, (void)nargs, (void)kwnames;
    int number;
    return signal_number(args[0], &number) < 0 ? NULL : shown_handler(number);
}

FUNCTION(signal_default_int_handler)
{
    UNUSED;
    return err_format(&exc_keyboard_interrupt, "");
}

FUNCTION(signal_raise_signal)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t number;
    if (obj_to_int64(args[0], &number) < 0)
        return NULL;
    if (number < 0 || number > INT32_MAX || raise((int)number) != 0)
        return err_errno(number < 0 || number > INT32_MAX ? EINVAL : errno, NULL);
    return signal_run() < 0 ? NULL : none_new();
}

FUNCTION(signal_alarm)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t seconds;
    if (obj_to_int64(args[0], &seconds) < 0)
        return NULL;
    return int_new((int64_t)alarm((unsigned)seconds));
}

FUNCTION(signal_pause)
{
    UNUSED;
    pause();
    return signal_run() < 0 ? NULL : none_new();
}

static struct timeval to_timeval(double seconds)
{
    struct timeval value = {.tv_sec = (time_t)seconds};
    value.tv_usec = (suseconds_t)((seconds - (double)value.tv_sec) * 1e6 + 0.5);
    if (value.tv_usec >= 1000000) {
        value.tv_sec++;
        value.tv_usec -= 1000000;
    }
    if (seconds > 0 && value.tv_sec == 0 && value.tv_usec == 0)
        value.tv_usec = 1;
    return value;
}

static Obj *timer_pair(const struct itimerval *timer)
{
    Obj *left = float_new((double)timer->it_value.tv_sec + (double)timer->it_value.tv_usec * 1e-6);
    Obj *interval =
        float_new((double)timer->it_interval.tv_sec + (double)timer->it_interval.tv_usec * 1e-6);
    Obj *pair =
        left == NULL || interval == NULL ? NULL : tuple_pack(2, (ObjRef)left, (ObjRef)interval);
    obj_xdecref(left);
    obj_xdecref(interval);
    return pair;
}

FUNCTION(signal_setitimer)
{
    (void)self, (void)kwnames;
    int64_t which;
    double seconds, interval = 0;
    if (obj_to_int64(args[0], &which) < 0 || obj_to_double(args[1], &seconds) < 0 ||
        (nargs > 2 && obj_to_double(args[2], &interval) < 0))
        return NULL;
    struct itimerval old,
        timer = {.it_value = to_timeval(seconds), .it_interval = to_timeval(interval)};
    if (setitimer((__itimer_which_t)which, &timer, &old) < 0)
        return err_errno(errno, NULL);
    return timer_pair(&old);
}

FUNCTION(signal_getitimer)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t which;
    struct itimerval timer;
    if (obj_to_int64(args[0], &which) < 0)
        return NULL;
    if (getitimer((__itimer_which_t)which, &timer) < 0)
        return err_errno(errno, NULL);
    return timer_pair(&timer);
}

FUNCTION(signal_siginterrupt)
{
    (void)self, (void)nargs, (void)kwnames;
    int number, interrupts = obj_truth(args[1]);
    if (interrupts < 0 || signal_number(args[0], &number) < 0)
        return NULL;
    struct sigaction action;
    if (sigaction(number, NULL, &action) < 0)
        return err_errno(errno, NULL);
    action.sa_flags = interrupts ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
    if (sigaction(number, &action, NULL) < 0)
        return err_errno(errno, NULL);
    return none_new();
}

FUNCTION(signal_strsignal)
{
    (void)self, (void)nargs, (void)kwnames;
    int number;
    if (signal_number(args[0], &number) < 0)
        return NULL;
    const char *text = sigdescr_np(number);
    return text == NULL ? none_new() : str_from_ascii(text);
}

FUNCTION(signal_valid_signals)
{
    UNUSED;
    Obj *set = set_new(NULL);
    sigset_t all;
    sigfillset(&all);
    for (int number = 1; set != NULL && number < SIGNALS; number++) {
        if (sigismember(&all, number) != 1)
            continue;
        Obj *item = int_new(number);
        if (item == NULL || set_add(set, item) < 0)
            obj_clear(&set);
        obj_xdecref(item);
    }
    return set;
}

static const MethodDef functions[] = {
    {"signal", signal_signal, 2, 2, 0,
     "signal(signalnum, handler, /)\n--\n\nSets the handler of a signal: the old one."},
    {"getsignal", signal_getsignal, 1, 1, 0,
     "getsignal(signalnum, /)\n--\n\nThe handler of a signal."},
    {"default_int_handler", signal_default_int_handler, 0, -1, 0,
     "default_int_handler(signalnum, frame, /)\n--\n\nRaises KeyboardInterrupt."},
    {"raise_signal", signal_raise_signal, 1, 1, 0,
     "raise_signal(signalnum, /)\n--\n\nSends a signal to the process itself."},
    {"alarm", signal_alarm, 1, 1, 0,
     "alarm(seconds, /)\n--\n\nSIGALRM will come; 0: will not.  Seconds left of the last alarm."},
    {"pause", signal_pause, 0, 0, 0, "pause()\n--\n\nWaits for a signal."},
    {"setitimer", signal_setitimer, 2, 3, 0,
     "setitimer(which, seconds, interval=0.0, /)\n--\n\nA timer that sends signals."},
    {"getitimer", signal_getitimer, 1, 1, 0, "getitimer(which, /)\n--\n\nState of a timer."},
    {"siginterrupt", signal_siginterrupt, 2, 2, 0,
     "siginterrupt(signalnum, flag, /)\n--\n\nWhether the signal interrupts system calls."},
    {"strsignal", signal_strsignal, 1, 1, 0,
     "strsignal(signalnum, /)\n--\n\nDescription of a signal."},
    {"valid_signals", signal_valid_signals, 0, 0, 0,
     "valid_signals()\n--\n\nAll signals of the system."},
    {0},
};

static const struct {
    const char *name;
    int number;
} constants[] = {
    {"SIGABRT", SIGABRT},
    {"SIGALRM", SIGALRM},
    {"SIGBUS", SIGBUS},
    {"SIGCHLD", SIGCHLD},
    {"SIGCLD", SIGCHLD},
    {"SIGCONT", SIGCONT},
    {"SIGFPE", SIGFPE},
    {"SIGHUP", SIGHUP},
    {"SIGILL", SIGILL},
    {"SIGINT", SIGINT},
    {"SIGIO", SIGIO},
    {"SIGIOT", SIGIOT},
    {"SIGKILL", SIGKILL},
    {"SIGPIPE", SIGPIPE},
    {"SIGPOLL", SIGPOLL},
    {"SIGPROF", SIGPROF},
    {"SIGPWR", SIGPWR},
    {"SIGQUIT", SIGQUIT},
    {"SIGSEGV", SIGSEGV},
    {"SIGSTKFLT", SIGSTKFLT},
    {"SIGSTOP", SIGSTOP},
    {"SIGSYS", SIGSYS},
    {"SIGTERM", SIGTERM},
    {"SIGTRAP", SIGTRAP},
    {"SIGTSTP", SIGTSTP},
    {"SIGTTIN", SIGTTIN},
    {"SIGTTOU", SIGTTOU},
    {"SIGURG", SIGURG},
    {"SIGUSR1", SIGUSR1},
    {"SIGUSR2", SIGUSR2},
    {"SIGVTALRM", SIGVTALRM},
    {"SIGWINCH", SIGWINCH},
    {"SIGXCPU", SIGXCPU},
    {"SIGXFSZ", SIGXFSZ},
    {"SIG_DFL", 0},
    {"SIG_IGN", 1},
    {"ITIMER_REAL", ITIMER_REAL},
    {"ITIMER_VIRTUAL", ITIMER_VIRTUAL},
    {"ITIMER_PROF", ITIMER_PROF},
    {"NSIG", SIGNALS},
};

static int exec(ObjRef module)
{
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (module_add_int(module, constants[i].name, constants[i].number) < 0)
            return -1;
    }
    if (module_add_int(module, "SIGRTMIN", SIGRTMIN) < 0 ||
        module_add_int(module, "SIGRTMAX", SIGRTMAX) < 0 ||
        module_add(module, "ItimerError", &exc_os_error.head.base) < 0)
        return -1;
    ObjRef handler = dict_peek_ascii(module_dict(module), "default_int_handler");
    obj_replace(&interrupt_handler, obj_xincref(handler));
    return 0;
}

const ModuleDef signal_module = {"_signal", "Handlers of signals.", functions, exec};
