"""Takes an answer's body chunk by chunk: decodes it, counts it, and stops where enough is enough."""

import zlib
from collections.abc import Mapping
from typing import Final

from .wire import MAX_ERROR_BYTES, Reply

_WINDOW_BITS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_RAW_DEFLATE: Final = -15


class BodyReader:
    """Collects one body. What it holds is never more than one byte over the limit, whatever the encoding hides."""

    def __init__(
        self, status: int, reason: str, headers: Mapping[str, str], *, max_bytes: int, is_decoded: bool = False
    ) -> None:
        self._status: Final = status
        self._reason: Final = reason
        self._headers: Final = headers
        self.is_success: Final = 200 <= status < 300
        self._limit: Final = max_bytes if self.is_success else MAX_ERROR_BYTES
        self._parts: list[bytes] = []
        self._length = 0
        encoding = "identity" if is_decoded else headers.get("content-encoding", "identity").strip().lower()
        self._encoding: Final = encoding
        self._decoder = zlib.decompressobj(_WINDOW_BITS[encoding]) if encoding in _WINDOW_BITS else None
        self._is_first = True

    def feed(self, chunk: bytes) -> bool:
        """Takes a chunk; ``False`` when no more is wanted."""
        if self._decoder is None:
            self._keep(chunk)
        else:
            self._decode(chunk)
        return self._length <= self._limit

    def reply(self) -> Reply:
        """The answer with what came of its body."""
        is_too_large = self.is_success and self._length > self._limit
        body = b"" if is_too_large else b"".join(self._parts)
        return Reply(self._status, self._reason, self._headers, body, is_too_large)

    def _keep(self, data: bytes) -> None:
        room = self._limit + 1 - self._length
        if room > 0:
            self._parts.append(data[:room])
        self._length += len(data)

    def _decode(self, chunk: bytes) -> None:
        decoder = self._decoder
        assert decoder is not None
        try:
            data = decoder.decompress(chunk, self._limit + 1 - self._length)
        except zlib.error:
            if not (self._is_first and self._encoding == "deflate"):
                raise
            # Some servers send deflate without the zlib header that the standard asks for.
            self._decoder = decoder = zlib.decompressobj(_RAW_DEFLATE)
            data = decoder.decompress(chunk, self._limit + 1 - self._length)
        self._is_first = False
        self._keep(data)
