"""A payload made small before it is sealed, so that the whole operation fits into a code on paper.

Raw DEFLATE (RFC 1951) with a preset dictionary, behind one byte that names both. What begins otherwise is JSON as it
is: a hub opens what older kiosks sealed. A dictionary is never changed; another one gets another byte.
"""

import zlib

#: Largest payload, bytes: several times what the longest report takes.
MOST_PAYLOAD = 16 * 1024
_FIRST = b"\x01"
#: A report as wire.tickets writes it: what is most likely stands last, where it is found with the fewest bits.
_DICTIONARY = (
    b"accountcardclassroomcomputerdoorlibraryprintersoftwareteaching"
    b'"inconvenient""many"{"type":"typed","address":"@edu.cn{"type":"number","number":"20{"type":"look"}'
    b'{"reference":"","language":"en","service":"network","symptom":"no-pages","impact":"blocked","building":"library",'
    b'"location":"","note":"","contact":{"type":"on_file"},"claim":{"type":"card","uid":"04","proof":0},"session":"",'
    b'"made_at":"2026-11-20T00:00:00.000Z","article":"","subject":""}'
    b'{"reference":"A12-0","language":"zh","service":"","symptom":"","impact":"","building":"","location":"","note":"",'
    b'"contact":{"type":"on_file"},"claim":null,"session":"","made_at":"2026-","article":"","subject":""}'
)


def packed(payload: bytes) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    return _FIRST + machine.compress(payload) + machine.flush()


def unpacked(content: bytes) -> bytes | None:
    """``None`` where it begins as packed and is not, or is larger than MOST_PAYLOAD."""
    if not content.startswith(_FIRST):
        return content
    machine = zlib.decompressobj(-zlib.MAX_WBITS, _DICTIONARY)
    try:
        payload = machine.decompress(content[len(_FIRST) :], MOST_PAYLOAD)
    except zlib.error:
        return None
    return payload if machine.eof and not machine.unused_data else None
