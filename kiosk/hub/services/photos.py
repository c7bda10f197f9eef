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


def made_anew(file: bytes, longest_side: int = LONGEST_SIDE) -> bytes | None:
    """A JPEG, upright, without metadata, names or places, on white where it is transparent; ``None`` where the file is
    no picture of the three kinds."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(file) > LARGEST_FILE:
        return None
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.draft("RGB", (longest_side, longest_side))  # a JPEG is decoded no larger than needed
            upright = ImageOps.exif_transpose(opened)
            see_through = upright.has_transparency_data
            upright = upright.convert("RGBA" if see_through else "RGB")
            upright.thumbnail((longest_side, longest_side))
            clean = Image.new("RGB", upright.size, "white")
            clean.paste(upright, mask=upright if see_through else None)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    kept = BytesIO()
    clean.save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()


def size_of(made: bytes) -> tuple[int, int]:
    """Width and height in pixels of what ``made_anew`` made."""
    from PIL import Image

    with Image.open(BytesIO(made), formats=FORMATS) as opened:
        return opened.size
