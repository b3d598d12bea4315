"""struct: packing and unpacking records, one at a time and from a buffer."""

import struct


def work():
    record = struct.Struct("<IHhdq8s")
    checksum = 0
    chunks = []
    for i in range(60000):
        chunks.append(record.pack(i, i % 65536, -i % 1000, i * 0.5, i * i, b"name%04d" % (i % 10000)))
    data = b"".join(chunks)
    for number, small, signed, real, large, name in record.iter_unpack(data):
        checksum += number + small - signed + int(real) + large % 1009 + name[7]
    for offset in range(0, len(data), record.size):
        checksum += record.unpack_from(data, offset)[0]
    for i in range(60000):
        a, b, c = struct.unpack(">BHI", struct.pack(">BHI", i % 256, i % 65536, i))
        checksum += a + b + c
    buffer = bytearray(64)
    for i in range(60000):
        struct.pack_into("=4i", buffer, i % 12 * 4, i, i + 1, i + 2, i + 3)
        checksum += buffer[i % 64]
    return checksum + len(data)


def main():
    print(sum(work() for _ in range(6)), struct.calcsize("@bhilqfd"))


main()
