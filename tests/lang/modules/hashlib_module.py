"""hashlib, hmac, base64, secrets: digests of known messages, keys, parameters, errors."""
import base64
import hashlib
import hmac
import io
import secrets


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for name in sorted(hashlib.algorithms_guaranteed):
    size = (16,) if name.startswith("shake") else ()
    empty, long = hashlib.new(name), hashlib.new(name)
    whole = getattr(hashlib, name)(bytes(range(256)) * 5)
    for step in (1, 63, 64, 65, 127, 128, 129, 135, 136, 137, 168, 127):
        long.update((bytes(range(256)) * 5)[:step])
    copy = long.copy()
    copy.update(b"more")
    print(name, empty.name, empty.block_size, empty.digest_size)
    print("  ", empty.hexdigest(*size), whole.hexdigest(*size))
    print("  ", long.hexdigest(*size), copy.hexdigest(*size)[:8], long.digest(*size)[:3])
print(hashlib.shake_128(b"abc").hexdigest(200))
print(hashlib.blake2b(b"data", digest_size=20, key=b"key", salt=b"salt", person=b"me").hexdigest())
print(hashlib.blake2s(b"data", fanout=2, depth=2, leaf_size=64, node_offset=3, node_depth=1,
                      inner_size=32, last_node=True).hexdigest())
print(hashlib.blake2b.SALT_SIZE, hashlib.blake2s.MAX_KEY_SIZE, hashlib.blake2b(key=b"k" * 64).hexdigest()[:16])
for bad in ({"digest_size": 65}, {"key": b"k" * 65}, {"fanout": 256}, {"leaf_size": 1 << 32},
            {"node_offset": -1}, {"salt": b"s" * 17}):
    print(shown(hashlib.blake2b, **bad))
print(shown(hashlib.sha256, "text"), shown(hashlib.new, "none"))
print(hashlib.sha256(usedforsecurity=False).hexdigest()[:8], hashlib.sha1(string=b"x").hexdigest()[:8])
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 10).hex())
print(hashlib.pbkdf2_hmac("sha1", b"p" * 100, b"salt", 3, 50).hex(), shown(hashlib.pbkdf2_hmac, "md5", b"", b"", 0))
print(hashlib.file_digest(io.BytesIO(b"abc"), "sha256").hexdigest()[:16],
      hashlib.file_digest(io.BytesIO(b"abc"), hashlib.md5).hexdigest())

code = hmac.new(b"key", b"The quick brown fox", "sha256")
code.update(b" jumps over the lazy dog")
print(code.name, code.hexdigest(), code.copy().digest() == hmac.digest(b"key", b"The quick brown fox jumps"
                                                                        b" over the lazy dog", "sha256"))
print(hmac.new(b"k" * 200, b"m", hashlib.md5).hexdigest(), shown(hmac.new, "k", b"m", "md5"), shown(hmac.new, b"k"))
print(hmac.compare_digest("a", "a"), hmac.compare_digest(b"a", b"b"), shown(hmac.compare_digest, "ä", "a"))

data = bytes(range(0, 256, 7)) + b"\0\0\0\0    "
for encode, decode in ((base64.b64encode, base64.b64decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
                       (base64.b32encode, base64.b32decode), (base64.b32hexencode, base64.b32hexdecode),
                       (base64.b16encode, base64.b16decode), (base64.b85encode, base64.b85decode),
                       (base64.a85encode, base64.a85decode), (base64.encodebytes, base64.decodebytes)):
    print(encode(data))
    print(all(decode(encode(data[:n])) == data[:n] for n in range(len(data))))
print(base64.a85encode(data, adobe=True, foldspaces=True, wrapcol=20), base64.b64encode(b"\xfb\xff", b"@#"))
for function, text in ((base64.b64decode, "a"), (base64.b32decode, b"A"), (base64.b32decode, b"aaaaaaaa"),
                       (base64.b16decode, b"0g"), (base64.b85decode, b"~~~~~"), (base64.b64decode, "ä"),
                       (base64.a85decode, b"s8W-\""), (base64.b64decode, 5)):
    print(shown(function, text))
print(len(secrets.token_bytes(7)), len(secrets.token_hex(5)), secrets.randbelow(1), secrets.choice([3]),
      shown(secrets.randbelow, 0))
