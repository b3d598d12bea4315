"""Huffman coding: tree by a sorted list, codes, bit packing, and back."""


class Node:
    def __init__(self, weight, symbol=None, left=None, right=None):
        self.weight, self.symbol, self.left, self.right = weight, symbol, left, right
        self.first = symbol if symbol is not None else min(left.first, right.first)

    def __lt__(self, other):
        return (self.weight, self.first) < (other.weight, other.first)

    def codes(self, prefix=""):
        if self.symbol is not None:
            yield self.symbol, prefix or "0"
        else:
            yield from self.left.codes(prefix + "0")
            yield from self.right.codes(prefix + "1")


def build(text):
    weights = {}
    for c in text:
        weights[c] = weights.get(c, 0) + 1
    nodes = sorted(Node(w, c) for c, w in weights.items())
    while len(nodes) > 1:
        a, b, *nodes = nodes
        nodes.append(Node(a.weight + b.weight, None, a, b))
        nodes.sort()
    return nodes[0] if nodes else None


def encode(text, codes):
    bits = "".join(codes[c] for c in text)
    padding = -len(bits) % 8
    bits += "0" * padding
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)), padding


def decode(data, padding, root):
    bits = "".join(f"{b:08b}" for b in data)
    bits = bits[:len(bits) - padding]
    out = []
    node = root
    for bit in bits:
        if node.symbol is None:
            node = node.left if bit == "0" else node.right
        if node.symbol is not None:
            out.append(node.symbol)
            node = root
    return "".join(out)


for text in ("abracadabra", "mississippi river", "aaaa", "é€😀 mixed é€", "the quick brown fox jumps over the lazy dog " * 5):
    root = build(text)
    codes = dict(root.codes())
    data, padding = encode(text, codes)
    assert decode(data, padding, root) == text
    print(len(text.encode()), len(data), padding, data.hex()[:40], sorted(codes.items(), key=lambda p: (len(p[1]), p[0]))[:4])
print(build(""))
