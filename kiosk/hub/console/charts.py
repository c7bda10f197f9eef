"""Charts as pictures, SVG: no script, nothing from elsewhere; what they show stands in a table beside them too."""

from collections.abc import Sequence
from decimal import Decimal

#: Width and height in units of the picture; it takes the width of its page.
WIDTH, HEIGHT = 900, 260
_INK, _PAPER, _LINES = "#131a30", "#ffffff", ("#1d3fa6", "#4a5166", "#17633d")
_FONT = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif"


def course(months: Sequence[str], values: Sequence[int | None], levels: Sequence[tuple[str, int]], title: str) -> str:
    """``values`` in tenths, one for each month, with a gap where there is none; ``levels``: name and height of lines
    across all months."""
    from pygal import Config, Line  # a tenth of a second, for whoever looks at a chart
    from pygal.style import Style

    style = Style(
        background=_PAPER,
        plot_background=_PAPER,
        foreground=_INK,
        foreground_strong=_INK,
        foreground_subtle=_LINES[1],
        colors=_LINES,
        font_family=_FONT,
        label_font_size=15,
        major_label_font_size=15,
        legend_font_size=15,
        guide_stroke_color="#d8d3c6",
        major_guide_stroke_color="#d8d3c6",
        guide_stroke_dasharray="0",
        transition="0s",
        stroke_width=2.5,
    )
    config = Config(
        js=(),
        width=WIDTH,
        height=HEIGHT,
        style=style,
        legend_at_bottom=True,
        legend_at_bottom_columns=1 + len(levels),
        min_scale=3,
        max_scale=6,
        dots_size=4,
        allow_interruptions=True,
        include_x_axis=True,
        margin=12,
        spacing=8,
        no_data_text="–",
        show_y_guides=True,
        x_labels_major_every=3,
        show_minor_x_labels=False,
        truncate_label=-1,
        pretty_print=False,
        disable_xml_declaration=True,
    )
    chart = Line(config)
    chart.x_labels = list(months)
    chart.add(title, [None if value is None else float(Decimal(value) / 10) for value in values])
    for name, height in levels:
        chart.add(
            name,
            [float(Decimal(height) / 10)] * len(months),
            show_dots=False,
            stroke_style={"width": 2, "dasharray": "6, 5"},
        )
    return without_scripts(chart)


def without_scripts(chart: object) -> str:
    """pygal's own would show tooltips, which no picture has; its comments go too. What is left is what one sees."""
    from xml.etree.ElementTree import tostring

    root = chart.render_tree()  # type: ignore[attr-defined]
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] == "script":
                parent.remove(child)
    return tostring(root, encoding="unicode")
