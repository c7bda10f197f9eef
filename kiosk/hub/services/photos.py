"""Pictures from outside, made anew: what is kept holds pixels and nothing else of the file that came."""

from io import BytesIO

#: Most pictures on one ticket, the largest file that is looked at (bytes), and the longest side kept (pixels).
MOST_PHOTOS = 3
LARGEST_FILE = 8 * 1024 * 1024
LONGEST_SIDE = 1600
#: A small file can claim to be a huge picture: more pixels than this are not decoded.
MOST_PIXELS = 50_000_000
#: The only decoders that ever see a stranger's bytes.
FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82


def made_anew(file: bytes) -> bytes | None:
    """A JPEG, upright, without metadata, names or places; ``None`` where the file is no picture of the three kinds."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(file) > LARGEST_FILE:
        return None
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    kept = BytesIO()
    clean.save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()
