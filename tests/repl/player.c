/*
 * Plays keys to an interactive program on a pseudo-terminal and prints the screen that a person
 * would have seen, scrolled-off lines included:
 *
 *     repl-player [-t SECONDS] KEYS COMMAND [ARGUMENT…]
 *
 * Each line of the file KEYS is typed, with Enter, once the program waits at a prompt (">>> " or
 * "... ") and is quiet.  Lines that begin with @ are orders to the player:
 *
 *     @keys TEXT    types TEXT at the prompt without Enter
 *     @now TEXT     types TEXT without waiting for a prompt (something is running)
 *     @wait TEXT    waits until TEXT has appeared in a line above the cursor or in its line
 *     @pause MS     waits so many milliseconds
 *     @note …       is for the reader
 *
 * TEXT may hold \t \r \e \\ and \xHH.  After the last line the player waits for the program to end.
 * Blanks at the ends of lines are not printed; the last line printed is "[exit STATUS]".
 *
 * The terminal understands what line editors send: printable UTF-8, CR, LF, BS, and the CSI
 * sequences that move the cursor, erase, insert and delete.  It is 200 columns wide and never
 * scrolls.
 *
 * Exit status: 0 where the program ended, 1 where something did not come in time (the screen so far
 * is printed), 2 for bad usage.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS = 200, QUIET_MS = 40, MAX_PARAMS = 8 };

typedef struct Row {
    uint32_t cells[COLUMNS]; /* code points; 0: nothing written */
} Row;

typedef struct Screen {
    Row *rows;
    int row_count;
    int row, column; /* cursor, from 0 */
    bool in_escape, in_csi;
    int params[MAX_PARAMS];
    int param_count;
    uint32_t partial; /* code point of an unfinished UTF-8 sequence */
    int pending;      /* its bytes still to come */
} Screen;

typedef struct Player {
    Screen screen;
    int fd; /* master side of the terminal; -1 after the program closed its side */
    pid_t child;
    double deadline; /* of the whole run, seconds of the monotonic clock */
    double last_output;
    bool output_since_send;
    int row_at_send; /* cursor row that Enter must leave; -1: no Enter was sent */
} Player;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* --- screen ---------------------------------------------------------------------------------- */

static Row *screen_row(Screen *s, int row)
{
    while (s->row_count <= row) {
        Row *rows = realloc(s->rows, sizeof(Row) * ((size_t)s->row_count + 1));
        if (rows == NULL) {
            fputs("repl-player: out of memory\n", stderr);
            exit(2);
        }
        s->rows = rows;
        memset(&s->rows[s->row_count++], 0, sizeof(Row));
    }
    return &s->rows[row];
}

static void screen_erase(Screen *s, int row, int from, int to)
{
    Row *r = screen_row(s, row);
    for (int i = from; i < to; i++) {
        r->cells[i] = 0;
    }
}

static void screen_print(Screen *s, uint32_t code)
{
    if (s->column >= COLUMNS) {
        s->column = 0;
        s->row++;
    }
    screen_row(s, s->row)->cells[s->column++] = code;
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* Obeys the CSI sequence that ends in `final`; colours, modes and reports are ignored. */
static void screen_control(Screen *s, char final)
{
    int n = s->param_count > 0 ? s->params[0] : 0;
    int count = n > 0 ? n : 1;
    Row *r = screen_row(s, s->row);
    int column = clamp(s->column, 0, COLUMNS - 1);
    switch (final) {
    case 'A':
        s->row = clamp(s->row - count, 0, s->row);
        break;
    case 'B':
        s->row += count;
        break;
    case 'C':
        s->column = clamp(s->column + count, 0, COLUMNS - 1);
        break;
    case 'D':
        s->column = clamp(column - count, 0, COLUMNS - 1);
        break;
    case 'G':
        s->column = clamp(count - 1, 0, COLUMNS - 1);
        break;
    case 'K':
        screen_erase(s, s->row, n == 0 ? column : 0, n == 1 ? column + 1 : COLUMNS);
        break;
    case 'J':
        screen_erase(s, s->row, column, COLUMNS);
        for (int row = s->row + 1; row < s->row_count; row++) {
            screen_erase(s, row, 0, COLUMNS);
        }
        break;
    case 'P':
        for (int i = column; i < COLUMNS; i++) {
            r->cells[i] = i + count < COLUMNS ? r->cells[i + count] : 0;
        }
        break;
    case '@':
        for (int i = COLUMNS - 1; i >= column; i--) {
            r->cells[i] = i - count >= column ? r->cells[i - count] : (uint32_t)' ';
        }
        break;
    default:
        break;
    }
}

static void screen_put(Screen *s, unsigned char byte)
{
    if (s->in_csi) {
        if (byte >= '0' && byte <= '9') {
            s->param_count = s->param_count > 0 ? s->param_count : 1;
            int *p = &s->params[s->param_count - 1];
            *p = clamp(*p * 10 + (byte - '0'), 0, 9999);
        } else if (byte == ';') {
            s->param_count = clamp(s->param_count + 1, 2, MAX_PARAMS);
        } else if (byte >= '@' && byte <= '~') {
            screen_control(s, (char)byte);
            s->in_csi = false;
        }
        return;
    }
    if (s->in_escape) {
        s->in_escape = false;
        s->in_csi = byte == '[';
        s->param_count = 0;
        memset(s->params, 0, sizeof s->params);
        return;
    }
    if (s->pending > 0 && (byte & 0xC0) == 0x80) {
        s->partial = s->partial << 6 | (byte & 0x3Fu);
        if (--s->pending == 0) {
            screen_print(s, s->partial);
        }
        return;
    }
    s->pending = 0;
    switch (byte) {
    case 0x1B:
        s->in_escape = true;
        break;
    case '\r':
        s->column = 0;
        break;
    case '\n':
        s->row++;
        screen_row(s, s->row);
        break;
    case '\b':
        s->column = clamp(s->column - 1, 0, COLUMNS - 1);
        break;
    case '\t':
        s->column = clamp((s->column / 8 + 1) * 8, 0, COLUMNS - 1);
        break;
    default:
        if (byte >= 0xC0) {
            s->pending = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
            s->partial = byte & (0x3Fu >> s->pending);
        } else if (byte >= ' ' && byte < 0x7F) {
            screen_print(s, byte);
        }
        break;
    }
}

/* Writes row `row` as UTF-8 without blanks at its end; `text` holds 4 * COLUMNS + 1 bytes.  Returns
 * the bytes written. */
static int screen_text(const Screen *s, int row, char *text)
{
    int length = 0, used = 0;
    for (int i = 0; i < COLUMNS; i++) {
        uint32_t code = s->rows[row].cells[i];
        code = code == 0 ? ' ' : code;
        if (code < 0x80) {
            text[length++] = (char)code;
        } else if (code < 0x800) {
            text[length++] = (char)(0xC0 | code >> 6);
            text[length++] = (char)(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            text[length++] = (char)(0xE0 | code >> 12);
            text[length++] = (char)(0x80 | (code >> 6 & 0x3F));
            text[length++] = (char)(0x80 | (code & 0x3F));
        } else {
            text[length++] = (char)(0xF0 | code >> 18);
            text[length++] = (char)(0x80 | (code >> 12 & 0x3F));
            text[length++] = (char)(0x80 | (code >> 6 & 0x3F));
            text[length++] = (char)(0x80 | (code & 0x3F));
        }
        used = code == ' ' ? used : length;
    }
    text[used] = '\0';
    return used;
}

static void screen_show(const Screen *s)
{
    char text[4 * COLUMNS + 1];
    int last = s->row_count - 1;
    while (last >= 0 && screen_text(s, last, text) == 0) {
        last--;
    }
    for (int row = 0; row <= last; row++) {
        screen_text(s, row, text);
        puts(text);
    }
}

/* --- player ------------------------------------------------------------------------------------
 */

/* Reads what the program writes for at most `ms` milliseconds; false where it has closed its side.
 */
static bool player_read(Player *p, int ms)
{
    struct pollfd poller = {.fd = p->fd, .events = POLLIN};
    int ready = poll(&poller, 1, ms);
    if (ready < 0 && errno != EINTR) {
        return false;
    }
    if (ready > 0) {
        unsigned char buffer[4096];
        ssize_t count = read(p->fd, buffer, sizeof buffer);
        if (count <= 0) {
            return false;
        }
        for (ssize_t i = 0; i < count; i++) {
            screen_put(&p->screen, buffer[i]);
        }
        p->last_output = now();
        p->output_since_send = true;
    }
    return true;
}

static _Noreturn void player_give_up(Player *p, const char *why, const char *what)
{
    screen_show(&p->screen);
    printf("[%s: %s]\n", why, what);
    kill(p->child, SIGKILL);
    exit(1);
}

static bool at_prompt(const Player *p)
{
    const Screen *s = &p->screen;
    const Row *row = s->row < s->row_count ? &s->rows[s->row] : NULL;
    if (row == NULL || s->column < 4 || row->cells[3] != ' ' ||
        (row->cells[0] != '>' && row->cells[0] != '.') || row->cells[1] != row->cells[0] ||
        row->cells[2] != row->cells[0]) {
        return false;
    }
    return p->output_since_send && (p->row_at_send < 0 || s->row > p->row_at_send) &&
           now() - p->last_output > QUIET_MS / 1e3;
}

static void wait_for_prompt(Player *p, const char *line)
{
    while (!at_prompt(p)) {
        if (now() > p->deadline) {
            player_give_up(p, "no prompt in time for", line);
        }
        if (!player_read(p, QUIET_MS / 2)) {
            player_give_up(p, "the program ended before", line);
        }
    }
}

static void wait_for_text(Player *p, const char *wanted)
{
    char text[4 * COLUMNS + 1];
    for (;;) {
        for (int row = 0; row < p->screen.row_count; row++) {
            screen_text(&p->screen, row, text);
            if (strstr(text, wanted) != NULL) {
                return;
            }
        }
        if (now() > p->deadline || !player_read(p, QUIET_MS)) {
            player_give_up(p, "never seen", wanted);
        }
    }
}

static void send_keys(Player *p, const char *text, bool enter)
{
    char keys[8192];
    size_t length = 0;
    for (const char *c = text; *c != '\0' && length + 2 < sizeof keys; c++) {
        if (*c != '\\' || c[1] == '\0') {
            keys[length++] = *c;
            continue;
        }
        c++;
        char hex[3] = {0};
        switch (*c) {
        case 't':
            keys[length++] = '\t';
            break;
        case 'r':
            keys[length++] = '\r';
            break;
        case 'e':
            keys[length++] = 0x1B;
            break;
        case 'x':
            memcpy(hex, c + 1, strnlen(c + 1, 2));
            keys[length++] = (char)strtol(hex, NULL, 16);
            c += strlen(hex);
            break;
        default:
            keys[length++] = *c;
            break;
        }
    }
    if (enter) {
        keys[length++] = '\r';
    }
    p->output_since_send = false;
    p->row_at_send = enter ? p->screen.row : -1;
    for (size_t sent = 0; sent < length;) {
        ssize_t count = write(p->fd, keys + sent, length - sent);
        if (count < 0) {
            player_give_up(p, "cannot type", text);
        }
        sent += (size_t)count;
    }
}

static void play_line(Player *p, const char *line)
{
    if (strncmp(line, "@keys ", 6) == 0) {
        wait_for_prompt(p, line);
        send_keys(p, line + 6, false);
    } else if (strncmp(line, "@now ", 5) == 0) {
        send_keys(p, line + 5, false);
    } else if (strncmp(line, "@wait ", 6) == 0) {
        wait_for_text(p, line + 6);
    } else if (strncmp(line, "@pause ", 7) == 0) {
        for (double end = now() + atof(line + 7) / 1e3; now() < end;) {
            player_read(p, 5);
        }
    } else if (strncmp(line, "@note", 5) != 0) {
        wait_for_prompt(p, line);
        /* A typed line is plain text: its backslashes are its own. */
        char escaped[8192];
        size_t length = 0;
        for (const char *c = line; *c != '\0' && length + 3 < sizeof escaped; c++) {
            if (*c == '\\') {
                escaped[length++] = '\\';
            }
            escaped[length++] = *c;
        }
        escaped[length] = '\0';
        send_keys(p, escaped, true);
    }
}

int main(int argc, char **argv)
{
    double seconds = 20;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "-t") == 0) {
        seconds = atof(argv[2]);
        first = 3;
    }
    if (argc < first + 2) {
        fputs("usage: repl-player [-t SECONDS] KEYS COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    FILE *keys = fopen(argv[first], "r");
    if (keys == NULL) {
        perror(argv[first]);
        return 2;
    }

    Player p = {.row_at_send = -1, .deadline = now() + seconds, .last_output = now()};
    struct winsize size = {.ws_row = 50, .ws_col = COLUMNS};
    p.child = forkpty(&p.fd, NULL, NULL, &size);
    if (p.child < 0) {
        perror("repl-player: forkpty");
        return 2;
    }
    if (p.child == 0) {
        setenv("TERM", "xterm", 1);
        execvp(argv[first + 1], argv + first + 1);
        perror(argv[first + 1]);
        _exit(127);
    }

    char line[4096];
    while (fgets(line, sizeof line, keys) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        play_line(&p, line);
    }
    fclose(keys);
    while (player_read(&p, 100)) {
        if (now() > p.deadline) {
            player_give_up(&p, "still running", "after the last line");
        }
    }
    int status = 0;
    waitpid(p.child, &status, 0);
    screen_show(&p.screen);
    if (WIFSIGNALED(status)) {
        printf("[killed by signal %d]\n", WTERMSIG(status));
    } else {
        printf("[exit %d]\n", WEXITSTATUS(status));
    }
    free(p.screen.rows);
    return 0;
}
