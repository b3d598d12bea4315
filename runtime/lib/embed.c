/*
 * Embeds the Python modules of runtime/lib in the binary.  A program of the build, not of Ouro:
 *
 *     embed FOLDER LIST OUTPUT
 *
 * reads LIST, one path below FOLDER a line ("collections/abc.py"), and writes OUTPUT, a C file that
 * defines the table declared in runtime/modules/lib_modules.h.  Paths become dotted names, and a
 * package is what comes from an __init__.py.  The table is sorted by name in byte order.
 *
 * Sources stay text: each line of Python becomes one string literal, which compiles faster than an
 * array of numbers and can be read in the generated file.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Entry {
    char *path; /* below FOLDER */
    char *name; /* dotted */
    bool is_package;
} Entry;

static void fail(const char *what, const char *path)
{
    fprintf(stderr, "embed: %s: %s\n", what, path);
    exit(1);
}

static void *must_alloc(void *block)
{
    if (block == NULL) {
        fail("out of memory", "");
    }
    return block;
}

/* Turns "collections/abc.py" into "collections.abc" and "collections/__init__.py" into
 * "collections". */
static Entry entry_from_path(const char *path)
{
    static const char init[] = "/__init__.py";
    Entry entry = {.path = must_alloc(strdup(path)), .name = must_alloc(strdup(path))};
    size_t length = strlen(path);
    if (length > sizeof init - 1 && strcmp(path + length - (sizeof init - 1), init) == 0) {
        entry.is_package = true;
        entry.name[length - (sizeof init - 1)] = '\0';
    } else if (length > 3 && strcmp(path + length - 3, ".py") == 0) {
        entry.name[length - 3] = '\0';
    } else {
        fail("not a Python file", path);
    }
    for (char *c = entry.name; *c != '\0'; c++) {
        if (*c == '/') {
            *c = '.';
        }
    }
    return entry;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const Entry *)a)->name, ((const Entry *)b)->name);
}

/* Writes the bytes of `file` as string literals, one for each line; returns how many bytes. */
static int64_t write_source(FILE *output, FILE *file)
{
    int64_t count = 0;
    bool open = false;
    int c;
    while ((c = getc(file)) != EOF) {
        count++;
        if (!open) {
            fputs("    \"", output);
            open = true;
        }
        if (c == '\n') {
            fputs("\\n\"\n", output);
            open = false;
        } else if (c == '"' || c == '\\') {
            fprintf(output, "\\%c", c);
        } else if (c < ' ' || c > '~' || c == '?') {
            /* Three octal digits always: a digit that follows cannot join them. */
            fprintf(output, "\\%03o", (unsigned)c);
        } else {
            putc(c, output);
        }
    }
    fputs(open ? "\"" : "    \"\"", output);
    return count;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: embed FOLDER LIST OUTPUT\n", stderr);
        return 2;
    }
    FILE *list = fopen(argv[2], "r");
    FILE *output = fopen(argv[3], "w");
    if (list == NULL || output == NULL) {
        fail("cannot open", list == NULL ? argv[2] : argv[3]);
    }

    Entry *entries = NULL;
    size_t count = 0;
    char line[4096];
    while (fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0') {
            entries = must_alloc(realloc(entries, (count + 1) * sizeof *entries));
            entries[count++] = entry_from_path(line);
        }
    }
    fclose(list);
    if (count > 0) {
        qsort(entries, count, sizeof *entries, compare_names);
    }

    fputs("/* Written by runtime/lib/embed.c; do not edit. */\n"
          "#include \"runtime/modules/lib_modules.h\"\n\n",
          output);
    int64_t *lengths = must_alloc(calloc(count + 1, sizeof *lengths));
    for (size_t i = 0; i < count; i++) {
        char path[8192];
        snprintf(path, sizeof path, "%s/%s", argv[1], entries[i].path);
        FILE *file = fopen(path, "rb");
        if (file == NULL) {
            fail("cannot open", path);
        }
        fprintf(output, "static const char source_%zu[] = /* %s */\n", i, entries[i].path);
        lengths[i] = write_source(output, file);
        fputs(";\n\n", output);
        if (ferror(file)) {
            fail("cannot read", path);
        }
        fclose(file);
    }

    /* The last entry ends the table, which may otherwise be empty; it is not counted. */
    fputs("const LibModule lib_modules[] = {\n", output);
    for (size_t i = 0; i < count; i++) {
        fprintf(output, "    {\"%s\", %s, source_%zu, %lld},\n", entries[i].name,
                entries[i].is_package ? "true" : "false", i, (long long)lengths[i]);
        free(entries[i].path);
        free(entries[i].name);
    }
    fprintf(output, "    {0, false, 0, 0},\n};\n\nconst int64_t lib_module_count = %lld;\n",
            (long long)count);
    free(lengths);
    free(entries);
    if (fclose(output) != 0) {
        fail("cannot write", argv[3]);
    }
    return 0;
}
