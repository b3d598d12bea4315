"""The picture of a heap, laid out in columns: variables at the left, and each object one column
right of the first that refers to it.

A box has a line for each reference that the object holds; the arrow starts there.  Small immutable
values stand in their line when the picture would get too full of boxes.
"""

from html import escape

from ouro.graph import GENERATION_COLORS, INLINE_ABOVE

CHAR = 7.3          # width of a character of the monospaced font at 12 px
LINE = 20           # height of a row
HEAD = 40           # height of a box's head
GAP_X = 86          # between columns
GAP_Y = 22          # between boxes of a column
MARGIN = 32
TOP = 92
ROWS_MAX = 14       # rows of one box
COLUMN_MAX = 1500   # height of a column
TEXT_MAX = 30       # characters of a row

_LEGEND = ((0, "generation 0"), (1, "generation 1"), (2, "generation 2"), (None, "not tracked"))


def _cut(text):
    return text if len(text) <= TEXT_MAX else text[:TEXT_MAX - 1] + "…"


class Box:
    """One drawn object or root: its rows are (text, target node or None, kind)."""

    def __init__(self, title, detail, rows, node):
        self.title = _cut(title)
        self.detail = detail
        self.rows = rows
        self.node = node
        self.x = self.y = 0
        self.column = 0
        head = HEAD if detail else 26
        if node is not None and node["atom"]:
            head = 28
        self.head = head
        widest = max([len(self.title) * CHAR * 1.08, len(detail) * 6.0] +
                     [len(row[0]) * CHAR + 22 for row in rows])
        self.width = max(64, int(widest) + 24)
        self.height = head + len(rows) * LINE + (6 if rows else 0)

    def row_y(self, i):
        return self.y + self.head + i * LINE + LINE // 2

    def middle(self):
        return self.y + self.head // 2


def _make_boxes(graph):
    """({node: box}, roots' boxes); atoms of a full picture have no box."""
    nodes = graph["nodes"]
    inline = len(nodes) > INLINE_ABOVE
    rows = [[] for _ in nodes]
    hidden = set()
    if inline:
        hidden = {i for i, node in enumerate(nodes) if node["atom"]}
    for edge in graph["edges"]:
        rows[edge["from"]].append(_row(nodes, edge["slot"], edge["to"], edge["kind"], hidden))
    boxes = {}
    for i, node in enumerate(nodes):
        if i in hidden:
            continue
        mine = rows[i]
        if len(mine) > ROWS_MAX:
            more = len(mine) - ROWS_MAX + 1
            mine = mine[:ROWS_MAX - 1] + [("… %d more" % more, None, "more")]
        if node["more"]:
            mine = mine + [("… %d not drawn" % node["more"], None, "more")]
        detail = ""
        if not node["atom"]:
            detail = "%#x · count %d · %d B" % (node["id"], node["count"], node["size"])
            if node["retained"] != node["size"]:
                detail += " · keeps %d B" % node["retained"]
        boxes[i] = Box(_title(node), detail, mine, node)
    roots = []
    for root in graph["roots"]:
        mine = [_row(nodes, variable["name"], variable["to"], "variable", hidden)
                for variable in root["variables"]]
        roots.append(Box(root["name"], "", mine, None))
    return boxes, roots


def _title(node):
    text = node["text"]
    for article in ("a ", "an "):
        if text.startswith(article):
            return text[len(article):]
    return text


def _row(nodes, slot, to, kind, hidden):
    if to in hidden:
        return _cut("%s: %s" % (slot, nodes[to]["text"])), None, "atom"
    return _cut(slot), to, kind


def _columns(boxes, roots):
    """Boxes by column; an object stands right of the first box that refers to it."""
    _drop_unseen(boxes, roots)
    columns = [list(roots)]
    current = roots
    placed = set()
    while current:
        following = []
        for box in current:
            for text, to, kind in box.rows:
                if to is not None and to not in placed:
                    placed.add(to)
                    following.append(boxes[to])
        if following:
            columns.append(following)
        current = following
    return _split(columns)


def _split(columns):
    """Columns that are too high become several side by side."""
    result = []
    for column in columns:
        part = []
        height = 0
        for box in column:
            if part and height + box.height > COLUMN_MAX:
                result.append(part)
                part = []
                height = 0
            part.append(box)
            height += box.height + GAP_Y
        result.append(part)
    for number, column in enumerate(result):
        for box in column:
            box.column = number
    return result


def _drop_unseen(boxes, roots):
    """Leaves out the objects that only rows which were cut off refer to."""
    seen = set()
    work = list(roots)
    while work:
        for text, to, kind in work.pop().rows:
            if to is not None and to not in seen:
                seen.add(to)
                work.append(boxes[to])
    for i in [i for i in boxes if i not in seen]:
        del boxes[i]


def _wanted(columns, boxes):
    """For each box the heights of the rows that point at it."""
    heights = {id(box): [] for column in columns for box in column}
    for column in columns:
        for box in column:
            for i, (text, to, kind) in enumerate(box.rows):
                if to is not None and boxes[to].column > box.column:
                    heights[id(boxes[to])].append(box.row_y(i))
    return heights


def _stack(column, wish):
    """Puts the boxes of a column below each other, as near to their wishes as order allows."""
    y = TOP
    for box in column:
        wanted = wish.get(id(box))
        target = y if not wanted else max(y, int(sum(wanted) / len(wanted)) - box.head // 2)
        box.y = target
        y = target + box.height + GAP_Y
    # Boxes that were pushed down pull their column up again, as far as there is room.
    limit = None
    for box in reversed(column):
        wanted = wish.get(id(box))
        if limit is not None and box.y + box.height + GAP_Y > limit:
            box.y = max(TOP, limit - box.height - GAP_Y)
        limit = box.y


def _place(columns, boxes):
    x = MARGIN
    for column in columns:
        width = max([box.width for box in column] or [0])
        for box in column:
            box.x = x
            box.width = width if box.node is None else box.width
        x += width + GAP_X
    _stack(columns[0], {})
    for column in columns[1:]:
        wish = _wanted(columns, boxes)
        column.sort(key=lambda box: min(wish[id(box)] or [0]))
        _stack(column, wish)
    # A column whose boxes all hang far down would leave the picture's top empty.
    return x - GAP_X + MARGIN


def _color(box):
    if box.node is None:
        return "#ffffff"
    return GENERATION_COLORS[box.node["generation"]]


def _draw_box(out, box, boxes, index):
    node = box.node
    cycle = node is not None and node["cycle"]
    stroke, width = ("#c0392b", 2.4) if cycle else ("#8d93a1", 1.2)
    if node is None:
        stroke = "#30343f"
    out.append('<g class="box"%s>' % ("" if node is None else ' data-node="%d"' % index))
    if node is not None and not node["atom"]:
        out.append("<title>%s</title>" % escape(
            "%s\n%s at %#x\ncount %d, %s\n%d bytes, keeps %d" % (
                node["text"], node["type"], node["id"], node["count"],
                "not tracked" if node["generation"] is None
                else "generation %d" % node["generation"], node["size"], node["retained"])))
    round_ = 13 if node is not None and node["atom"] else 6
    out.append('<rect class="frame" x="%d" y="%d" width="%d" height="%d" rx="%d" fill="%s" '
               'stroke="%s" stroke-width="%s"/>' % (box.x, box.y, box.width, box.height, round_,
                                                    _color(box), stroke, width))
    weight = ' font-weight="bold"' if node is None or not node["atom"] else ""
    out.append('<text x="%d" y="%d" font-size="13"%s>%s</text>'
               % (box.x + 12, box.y + 18, weight, escape(box.title)))
    if box.detail:
        out.append('<text x="%d" y="%d" font-size="10" fill="#555b6b">%s</text>'
                   % (box.x + 12, box.y + 33, escape(box.detail)))
    if box.rows:
        out.append('<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-opacity="0.5"/>'
                   % (box.x, box.y + box.head, box.x + box.width, box.y + box.head, stroke))
    for i, (text, to, kind) in enumerate(box.rows):
        shade = "#8a8f9c" if kind == "more" else "#22262f"
        out.append('<text x="%d" y="%d" font-size="12" fill="%s">%s</text>'
                   % (box.x + 12, box.row_y(i) + 4, shade, escape(text)))
        if to is not None:
            left = boxes[to].column < box.column
            out.append('<circle cx="%d" cy="%d" r="3" fill="#30343f"/>'
                       % (box.x + 5 if left else box.x + box.width - 9, box.row_y(i)))
    out.append("</g>")


def _curve(box, i, target):
    """The path of an arrow from a row to a box; it leaves and enters where the way is short."""
    x1, y1 = box.x + box.width - 9, box.row_y(i)
    y2 = target.middle()
    if target.column > box.column:
        x2 = target.x - 2
        reach = max(36, (x2 - x1) // 3)
        return "M%d %d C%d %d %d %d %d %d" % (x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2)
    if target is box:
        x2 = box.x + box.width + 2
        y2 = box.y + 10
        return "M%d %d C%d %d %d %d %d %d" % (x1, y1, x2 + 46, y1, x2 + 46, y2, x2, y2)
    x2 = target.x + target.width + 2
    reach = 54 if target.column == box.column else 64
    edge = max(x1, x2)
    if target.column == box.column:
        return "M%d %d C%d %d %d %d %d %d" % (x1, y1, edge + reach, y1, edge + reach, y2, x2, y2)
    # Back to a column at the left: out of the left side, into the right side.
    x1 = box.x + 5
    return "M%d %d C%d %d %d %d %d %d" % (x1, y1, x1 - reach, y1, x2 + reach, y2, x2, y2)


def _draw_edges(out, box, boxes, index):
    for i, (text, to, kind) in enumerate(box.rows):
        if to is None:
            continue
        target = boxes[to]
        loop = (box.node is not None and box.node["cycle"] and
                box.node["cycle"] == target.node["cycle"] and kind != "weak")
        color = "#c0392b" if loop else "#8a5cc2" if kind == "weak" else "#4a5162"
        out.append('<path class="edge" data-from="%s" data-to="%d" d="%s" fill="none" stroke="%s" '
                   'stroke-width="1.5"%s marker-end="url(#%s)"/>' % (
                       "r" if index is None else index, to, _curve(box, i, target), color,
                       ' stroke-dasharray="6 4"' if kind == "weak" else "",
                       "head-cycle" if loop else "head-weak" if kind == "weak" else "head"))


def _marker(name, color):
    return ('<marker id="%s" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="%s"/></marker>'
            % (name, color))


def _legend(out, y):
    x = MARGIN
    for generation, text in _LEGEND:
        out.append('<rect x="%d" y="%d" width="16" height="16" rx="3" fill="%s" '
                   'stroke="#8d93a1"/><text x="%d" y="%d" font-size="12" fill="#444">%s</text>'
                   % (x, y - 12, GENERATION_COLORS[generation], x + 22, y + 1, text))
        x += 30 + int(len(text) * CHAR) + 16
    for color, dash, text in (("#c0392b", "", "cycle"), ("#8a5cc2", "6 4", "weak reference")):
        out.append('<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="2" '
                   'stroke-dasharray="%s"/><text x="%d" y="%d" font-size="12" fill="#444">%s'
                   '</text>' % (x, y - 4, x + 26, y - 4, color, dash, x + 34, y + 1, text))
        x += 42 + int(len(text) * CHAR) + 16
    return x


def draw(graph):
    """SVG text of the graph."""
    boxes, roots = _make_boxes(graph)
    columns = _columns(boxes, roots)
    width = _place(columns, boxes)
    everything = [box for column in columns for box in column]
    height = max([box.y + box.height for box in everything] or [TOP]) + MARGIN
    body = []
    index_of = {id(box): i for i, box in boxes.items()}
    for box in everything:
        _draw_edges(body, box, boxes, index_of.get(id(box)))
    for box in everything:
        _draw_box(body, box, boxes, index_of.get(id(box)))
    legend = []
    width = max(width, _legend(legend, 62) + MARGIN)
    title = graph["name"]
    objects = len(graph["nodes"])
    note = "%d object%s" % (objects, "" if objects == 1 else "s")
    if graph["cut"]:
        note += ", %d references lead further" % graph["cut"]
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" '
           'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace">'
           % (width, height, width, height),
           "<defs>" + _marker("head", "#4a5162") + _marker("head-cycle", "#c0392b") +
           _marker("head-weak", "#8a5cc2") + "</defs>",
           '<rect width="100%" height="100%" fill="#fcfcfd"/>',
           '<text x="%d" y="34" font-size="18" font-weight="bold" fill="#22262f">%s</text>'
           % (MARGIN, escape(title)),
           '<text x="%d" y="34" font-size="12" fill="#6b7080">%s</text>'
           % (MARGIN + int(len(title) * 11.6) + 16, note)]
    return "\n".join(out + legend + body + ["</svg>\n"])
