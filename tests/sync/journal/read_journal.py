#!/usr/bin/env python3
"""Verifies a journal knowing nothing but sync/journal/FORMAT.md; Python's standard library only.

usage: read_journal.py journal.db   ->   "verified N rows", or the first bad row and exit code 1
"""
import hashlib
import json
import sqlite3
import struct
import sys

# Ed25519 (RFC 8032), verification only. Points are (x, y, z, x*y/z) on -x^2 + y^2 = 1 + d x^2 y^2.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return (x * y % P, t * z % P, y * z % P, x * t % P)


def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = add(result, point)
        point, n = add(point, point), n >> 1
    return result


def unpack_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def is_signed(key, message, signature):
    if signature is None or len(signature) != 64:
        return False
    a, r, s = unpack_point(key), unpack_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    left = times(s, unpack_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
    right = add(r, times(int.from_bytes(digest, "little") % ORDER, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def text(value):
    return struct.pack(">I", len(value)) + value


def hash_of(previous, row):
    seq, at, boot, uptime_ms, actor, kind, body, decision_end = row[:8]
    numbers = struct.pack(">QqqQ", seq, at, uptime_ms, decision_end)
    return hashlib.sha256(b"adal/row/1\0" + previous + numbers + text(boot) + text(actor) + text(kind) + text(body)).digest()


def first_bad_row(rows):
    """The seq of the first row that does not continue the journal; 0 if all do."""
    previous, expected, decision_end, journal, key = bytes(32), 1, 0, None, None
    for row in rows:
        seq, stored, signature = row[0], row[8], row[9]
        in_decision = expected <= decision_end
        if seq != expected or (row[7] != decision_end if in_decision else row[7] < seq):
            return expected
        digest, decision_end = hash_of(previous, row), row[7]
        if seq == 1:
            created = json.loads(row[6])
            journal, key = digest.hex().encode(), bytes.fromhex(created["key"])
        is_last = seq == decision_end
        message = b"adal/journal-row/1\0" + journal + digest
        if digest != stored or (signature is not None) != is_last or (is_last and not is_signed(key, message, signature)):
            return seq
        previous, expected = digest, expected + 1
    return 0 if expected == decision_end + 1 and rows else max(expected - 1, 1)


def main(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.text_factory = bytes
    rows = database.execute("SELECT seq, at, boot, uptime_ms, actor, kind, body, decision_end, hash, signature FROM event ORDER BY seq").fetchall()
    bad = first_bad_row(rows)
    print(f"row {bad} is the first bad one" if bad else f"verified {len(rows)} rows")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
