"""CRC-32C (Castagnoli), the checksum that Cloud Storage tells of objects; RFC 3720, appendix B.4."""

from __future__ import annotations

from functools import cache


def crc32c(content: bytes) -> int:
    table, crc = _table(), 0xFFFFFFFF
    for byte in content:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


@cache
def _table() -> tuple[int, ...]:
    made = []
    for number in range(256):
        for _ in range(8):
            number = number >> 1 ^ (0x82F63B78 if number & 1 else 0)  # noqa: PLW2901 - the division goes on in place
        made.append(number)
    return tuple(made)
