"""The map of the allocator's pools as an SVG picture.

A row is an arena, a cell a pool.  The colour tells the size of its blocks, the height of the filled
part how many of them are in use.
"""

CELL = 44
GAP = 4
LEFT = 92
TOP = 74


def color(block_size, largest):
    """Small blocks are blue, large ones red."""
    return "hsl(%d,62%%,52%%)" % (220 - 220 * block_size // largest)


def draw(pools):
    cells = pools["pools"]
    per_arena = pools["arena_size"] // pools["pool_size"]
    width = LEFT + per_arena * (CELL + GAP) + 24
    sizes = [row["block_size"] for row in pools["classes"]]
    legend_rows = (len(sizes) + 11) // 12
    height = TOP + pools["arenas"] * (CELL + GAP) + 40 + legend_rows * 24
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" '
           'font-family="sans-serif">' % (width, height, width, height),
           '<rect width="100%" height="100%" fill="#fff"/>',
           '<text x="24" y="32" font-size="20" fill="#222">Arenas and pools</text>']
    if not pools["pooled"]:
        out.append('<text x="24" y="56" font-size="13" fill="#555">this build takes every block '
                   'from malloc</text></svg>\n')
        return "\n".join(out)
    out.append('<text x="24" y="54" font-size="13" fill="#555">%d arenas of %d KiB; a cell is a '
               'pool of %d KiB, filled as far as its blocks are in use</text>'
               % (pools["arenas"], pools["arena_size"] >> 10, pools["pool_size"] >> 10))
    for arena in range(pools["arenas"]):
        y = TOP + arena * (CELL + GAP)
        out.append('<text x="%d" y="%d" font-size="13" fill="#555" text-anchor="end">arena %d'
                   '</text>' % (LEFT - 10, y + CELL // 2 + 5, arena))
        for pool in range(per_arena):
            out.append('<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="#f3f3f5" '
                       'stroke="#d8d8de"/>' % (LEFT + pool * (CELL + GAP), y, CELL, CELL))
    for row in cells:
        x = LEFT + row["pool"] * (CELL + GAP)
        y = TOP + row["arena"] * (CELL + GAP)
        filled = CELL * row["used"] // row["blocks"]
        if row["used"] and not filled:
            filled = 1
        hue = color(row["block_size"], pools["largest_block"])
        out.append('<g><title>arena %d, pool %d: %d of %d blocks of %d bytes in use</title>'
                   '<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="%s"/>'
                   '<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="none" stroke="%s"/>'
                   '<text x="%d" y="%d" font-size="11" fill="#222" text-anchor="middle">%d</text>'
                   '</g>' % (row["arena"], row["pool"], row["used"], row["blocks"],
                             row["block_size"], x, y + CELL - filled, CELL, filled, hue,
                             x, y, CELL, CELL, hue, x + CELL // 2, y + 14, row["block_size"]))
    y = TOP + pools["arenas"] * (CELL + GAP) + 24
    out.append('<text x="24" y="%d" font-size="13" fill="#555">bytes</text>' % y)
    for i, size in enumerate(sizes):
        x = LEFT + (i % 12) * 62
        row_y = y + i // 12 * 24
        out.append('<rect x="%d" y="%d" width="14" height="14" rx="3" fill="%s"/><text x="%d" '
                   'y="%d" font-size="12" fill="#222">%d</text>'
                   % (x, row_y - 11, color(size, pools["largest_block"]), x + 19, row_y, size))
    out.append("</svg>\n")
    return "\n".join(out)
