"""The body of an article as its editor types it: ``domain.article_blocks.blocks_of`` reads it back as the same."""

from collections.abc import Iterable

from kiosk.domain.articles import Block, BlockKind, Item

#: How the console names a picture that the hub has.
PICTURE_ENDS = ".jpg"


def markdown(blocks: Iterable[Block]) -> str:
    return "\n\n".join(_piece(block) for block in blocks)


def _piece(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"## {block.text}"
        case BlockKind.NOTE:
            return f"> {block.text}"
        case BlockKind.STEPS:
            return "\n".join(f"{number}. {_item(item)}" for number, item in enumerate(block.items, 1))
        case BlockKind.LIST:
            return "\n".join(f"- {_item(item)}" for item in block.items)
        case BlockKind.PICTURE:
            return f"![{block.text}]({block.picture.name}{PICTURE_ENDS})" if block.picture else ""
        case BlockKind.PARAGRAPH:
            return block.text


def _item(item: Item) -> str:
    """What to do stands out, whether or not more is said about it: so it is read back as that."""
    return f"**{item.title}** {item.text}".rstrip()
