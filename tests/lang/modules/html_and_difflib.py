"""html.unescape with all names; difflib side by side (the page itself is Ouro's own)."""
import difflib
import html
import html.entities

for text in ("&CounterClockwiseContourIntegral;", "&acE;", "&acE", "&notit;", "&#x80;&#0;&#xD800;&#123", "&amp;lt;",
             "&Eacuteric", "&unknown;", "a & b &; &#"):
    print(ascii(html.unescape(text)), end=" ")
print(len(html.entities.html5), html.entities.html5["fjlig;"], "amp" in html.entities.html5,
      "alpha" in html.entities.html5)
old = "one\ntwo\nthree four\nsame\nlast\n".splitlines(True)
new = "one\nthree flour\nsame\nadded\nmore\n".splitlines(True)
for context in (None, 0, 1):
    for row in difflib._mdiff(old, new, context):
        print(row)
table = difflib.HtmlDiff(wrapcolumn=6).make_table(old, new, "old", "new")
for mark in ('class="diff_add"', 'class="diff_sub"', 'class="diff_chg"', ">old</th>"):
    print(mark, mark in table)
