/*
 * The registry of types that let others see their memory, and buffer_acquire over it.
 *
 * bytes is answered without the registry; bytearray, memoryview, array and the like register
 * themselves.  An exporter is found along the base types, so that subclasses inherit it.
 */

#include "runtime/types/buffer.h"

#include "runtime/core/err.h"

enum { MAX_EXPORTERS = 16 };

static const BufferExporter *exporters[MAX_EXPORTERS];
static int exporter_count;

int buffer_register(const BufferExporter *exporter)
{
    for (int i = 0; i < exporter_count; i++) {
        if (exporters[i] == exporter)
            return 0;
    }
    if (exporter_count == MAX_EXPORTERS)
        return err_format_int(&exc_system_error, "too many types with buffers");
    exporters[exporter_count++] = exporter;
    return 0;
}

const BufferExporter *buffer_exporter(ObjRef o)
{
    for (const Type *type = obj_type(o); type != NULL; type = type->base) {
        for (int i = 0; i < exporter_count; i++) {
            if (exporters[i]->type == type)
                return exporters[i];
        }
    }
    return NULL;
}

bool buffer_check(ObjRef o)
{
    return bytes_check(o) || buffer_exporter(o) != NULL;
}

int buffer_open(ObjRef o, BufferSource *out)
{
    if (bytes_check(o)) {
        *out = (BufferSource){bytes_cast(o)->data, bytes_cast(o)->length, 1, "B", true};
        return 0;
    }
    const BufferExporter *exporter = buffer_exporter(o);
    if (exporter == NULL) {
        return err_format_int(&exc_type_error, "a bytes-like object is required, not '%T'", o);
    }
    return exporter->acquire(o, out);
}

void buffer_close(ObjRef o)
{
    const BufferExporter *exporter = bytes_check(o) ? NULL : buffer_exporter(o);
    if (exporter != NULL)
        exporter->release(o);
}

ObjRef buffer_owner(ObjRef o)
{
    for (;;) {
        const BufferExporter *exporter = bytes_check(o) ? NULL : buffer_exporter(o);
        if (exporter == NULL || exporter->through == NULL)
            return o;
        o = exporter->through(o);
        if (o == NULL)
            return NULL;
    }
}

int buffer_acquire(ObjRef o, BufferView *view)
{
    BufferSource source;
    if ((o = buffer_owner(o)) == NULL)
        return -1;
    if (buffer_open(o, &source) < 0)
        return -1;
    view->data = source.data;
    view->length = source.length;
    view->owner = obj_incref(o);
    return 0;
}

int buffer_acquire_writable(ObjRef o, BufferView *view)
{
    BufferSource source;
    if ((o = buffer_owner(o)) == NULL)
        return -1;
    if (bytes_check(o) || buffer_exporter(o) == NULL)
        goto wrong;
    if (buffer_open(o, &source) < 0)
        return -1;
    if (source.readonly) {
        buffer_close(o);
        goto wrong;
    }
    view->data = source.data;
    view->length = source.length;
    view->owner = obj_incref(o);
    return 0;
wrong:
    return err_format_int(&exc_type_error, "a read-write bytes-like object is required, not '%T'",
                          o);
}

void buffer_release(BufferView *view)
{
    if (view->owner == NULL)
        return;
    buffer_close(view->owner);
    view->data = NULL;
    view->length = 0;
    obj_clear(&view->owner);
}
