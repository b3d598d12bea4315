/*
 * The VM's part of a code object: ownership of LOAD_GLOBAL caches, and site caches.
 *
 * Invariant: while `functions` > 0 and not `shared`, every living function of the code has the
 * dicts `globals` and `builtins`, which it keeps alive; so the cells in its instructions are valid.
 * When the last function dies the dicts may die too; the next function finds out through
 * dict_cell_deaths whether an address compare can be trusted.
 */

#include "vm/interp/code_data.h"

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/types/dict_cells.h"
#include "runtime/types/tuple.h"
#include "vm/interp/calls.h"

CodeData *code_data_of(CodeObj *code)
{
    static uint32_t serials;
    if (code->vm_data == NULL) {
        CodeData *data = mem_alloc_zero(sizeof(CodeData));
        if (data == NULL) {
            err_no_memory();
            return NULL;
        }
        data->serial = ++serials;
        code->vm_data = data;
    }
    return code->vm_data;
}

int code_data_join(CodeObj *code, ObjRef globals, ObjRef builtins)
{
    CodeData *data = code_data_of(code);
    if (data == NULL)
        return -1;
    if (data->globals != globals || data->builtins != builtins ||
        (data->functions == 0 && data->deaths != dict_cell_deaths)) {
        if (data->cached)
            code_data_forget_globals(code);
        if (data->functions > 0)
            data->shared = true;
        data->globals = globals;
        data->builtins = builtins;
    }
    data->functions++;
    return 0;
}

void code_data_leave(CodeObj *code)
{
    CodeData *data = code->vm_data;
    if (--data->functions == 0) {
        data->deaths = dict_cell_deaths;
        data->shared = false;
    }
}

SiteCache *code_data_site(CodeObj *code)
{
    CodeData *data = code->vm_data;
    if (data == NULL)
        return NULL;
    SiteCache *site = mem_alloc_zero(sizeof(SiteCache));
    if (site != NULL) {
        site->next = data->sites;
        data->sites = site;
    }
    return site;
}

void code_data_forget_globals(CodeObj *code)
{
    int op;
    int32_t arg, at;
    for (int32_t i = 0; i < code->word_count;) {
        int32_t next = code_decode(code, i, &op, &arg, &at);
        if (op == OP_LOAD_GLOBAL || op == OP_STORE_GLOBAL || op == OP_LOAD_NAME ||
            op == OP_STORE_NAME)
            code->words[at].op = (uint16_t)op;
        i = next;
    }
    CodeData *data = code->vm_data;
    data->cached = false;
    for (int64_t i = 0; data->name_cells != NULL && i < tuple_length(code->names); i++)
        data->name_cells[i] = (NameCells){NULL, NULL, false};
}

void code_data_free(CodeObj *code)
{
    CodeData *data = code->vm_data;
    if (data == NULL)
        return;
    for (SiteCache *site = data->sites; site != NULL;) {
        SiteCache *next = site->next;
        mem_free(site->plan, sizeof(CallPlan));
        mem_free(site, sizeof(SiteCache));
        site = next;
    }
    mem_free(data->name_cells, (size_t)data->name_count * sizeof(NameCells));
    mem_free(data->lines, (size_t)code->word_count * sizeof(int32_t));
    mem_free(data, sizeof(CodeData));
    code->vm_data = NULL;
}

const int32_t *code_data_lines(CodeObj *code)
{
    CodeData *data = code_data_of(code);
    if (data == NULL || data->lines != NULL)
        return data == NULL ? NULL : data->lines;
    int32_t *lines = mem_alloc((size_t)code->word_count * sizeof(int32_t));
    if (lines == NULL) {
        err_no_memory();
        return NULL;
    }
    CodeLocations walk;
    code_locations_init(code, &walk);
    int32_t done = 0;
    while (code_locations_next(&walk)) {
        for (; done < walk.stop && done < code->word_count; done++)
            lines[done] = walk.location.line;
    }
    for (; done < code->word_count; done++)
        lines[done] = -1;
    return data->lines = lines;
}
