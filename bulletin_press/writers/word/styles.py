"""The template of the Word edition: its styles and its lists, made in code; no theme, no macro, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = f'xmlns:w="{NAMESPACE}"'
SONG, HEI, KAI = "宋体", "黑体", "楷体"
ROMAN, ARIAL = "Times New Roman", "Arial"
# Points of the text's width: 36 characters of 12.
MEASURE = 432
BULLETS, EVENTS = 1, 2

# Style ids, by what they are for.
(NAME, NUMBER, SECTION, TITLE, SUBTITLE, BODY, CREDIT, LIST, CAPTION, PICTURE, NOTE, CELL, FIGURE, LARGE, LABEL,
 CONTENTS, TIP, QUOTE, COLOPHON, LINK, EVENT, GAP, TIP_LIST) = (
    "Title", "Subtitle", "Heading1", "Heading2", "Heading3", "KanBody", "KanCredit", "KanList", "Caption", "KanPicture",
    "KanNote", "KanCell", "KanFigure", "KanLarge", "KanLabel", "KanContents", "KanTip", "KanQuote", "KanColophon",
    "Hyperlink", "KanEvent", "KanGap", "KanTipList")


def faces(song: str, roman: str) -> str:
    """A run's faces: none of them the theme's."""
    return (f'<w:rFonts w:ascii="{roman}" w:hAnsi="{roman}" w:eastAsia="{song}" w:cs="{roman}" w:hint="eastAsia"/>')


def _run(song: str, roman: str, size: float, color: str, *, bold: bool = False) -> str:
    return (f'<w:rPr>{faces(song, roman)}<w:b w:val="{int(bold)}"/><w:bCs w:val="{int(bold)}"/><w:i w:val="0"/>'
            f'<w:color w:val="{color}"/><w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/></w:rPr>')


def _paragraph(line: float, before: float = 0, after: float = 0, *, keep: bool = False, indent: str = "",
               side: str = "left", borders: str = "", shade: str = "", numbered: int = 0, level: int | None = None,
               tabs: str = "") -> str:
    """Paragraph properties, in the order that the schema asks for; ``line`` 0 is single."""
    spacing = f'w:line="{line * 20:.0f}" w:lineRule="exact"' if line else 'w:line="240" w:lineRule="auto"'
    return ("<w:pPr>" + ("<w:keepNext/>" if keep else "") + "<w:widowControl/>"
            + (f'<w:numPr><w:numId w:val="{numbered}"/></w:numPr>' if numbered else "")
            + (f"<w:pBdr>{borders}</w:pBdr>" if borders else "")
            + (f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "")
            + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
            + f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" {spacing}/>'
            + (f"<w:ind {indent}/>" if indent else "") + f'<w:jc w:val="{side}"/>'
            + (f'<w:outlineLvl w:val="{level}"/>' if level is not None else "") + "</w:pPr>")


def _rule(side: str, eighths: int, color: str, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'


def _style(ident: str, name: str, paragraph: str, run: str, *, after: str = "") -> str:
    following = f'<w:next w:val="{after}"/>' if after else ""
    return (f'<w:style w:type="paragraph" w:customStyle="{int(ident.startswith("Kan"))}" w:styleId="{ident}">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{following}<w:qFormat/>{paragraph}{run}</w:style>')


# LibreOffice heeds no indent in characters: the same in twentieths of a point stands beside it.
_FIRST = 'w:firstLineChars="200" w:firstLine="480"'
_HANGING = 'w:leftChars="100" w:left="240" w:hangingChars="100" w:hanging="240"'


def styles_xml(colours: Mapping[str, str]) -> str:
    """The styles.

    Args:
        colours: a light set of a palette, #rrggbb.
    """
    tone = {name: value.lstrip("#") for name, value in colours.items()}
    accent, ink, quiet, tint, line = (tone[name] for name in ("accent", "ink", "quiet", "tint", "line"))
    made = [
        f'<w:docDefaults><w:rPrDefault><w:rPr>{faces(SONG, ROMAN)}<w:color w:val="{ink}"/><w:sz w:val="24"/>'
        '<w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        + _paragraph(21, side="both") + _run(SONG, ROMAN, 12, ink) + "</w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>",
        f'<w:style w:type="character" w:styleId="{LINK}"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="{accent}"/>'
        '<w:u w:val="single"/></w:rPr></w:style>',
        _style(NAME, "Title", _paragraph(56, 6, 2, borders=_rule("top", 36, accent, 8)),
               _run(SONG, ROMAN, 40, accent, bold=True), after=NUMBER),
        _style(NUMBER, "Subtitle", _paragraph(20, 0, 16, borders=_rule("top", 6, accent, 3)
                                              + _rule("bottom", 6, accent, 3)), _run(HEI, ARIAL, 10.5, ink)),
        _style(SECTION, "heading 1", _paragraph(34, 20, 6, keep=True, borders=_rule("top", 8, accent, 4), level=0),
               _run(SONG, ROMAN, 20, accent, bold=True), after=BODY),
        _style(TITLE, "heading 2", _paragraph(24, 14, 2, keep=True, level=1), _run(HEI, ARIAL, 14, ink, bold=True),
               after=BODY),
        _style(SUBTITLE, "heading 3", _paragraph(22, 8, keep=True, level=2), _run(HEI, ARIAL, 12, accent, bold=True),
               after=BODY),
        _style(BODY, "刊·正文", _paragraph(21, indent=_FIRST, side="both"), _run(SONG, ROMAN, 12, ink)),
        _style(EVENT, "刊·动态", _paragraph(21, 10, indent='w:left="0" w:firstLine="480"', side="both",
                                        numbered=EVENTS), _run(SONG, ROMAN, 12, ink), after=BODY),
        _style(CREDIT, "刊·来源", _paragraph(18, 0, 4, keep=True), _run(KAI, ROMAN, 10.5, quiet), after=BODY),
        _style(LIST, "刊·列表", _paragraph(21, indent=_HANGING, side="both", numbered=BULLETS),
               _run(SONG, ROMAN, 12, ink)),
        _style(CAPTION, "caption", _paragraph(18, 8, 3, keep=True), _run(HEI, ARIAL, 9.5, accent, bold=True)),
        _style(PICTURE, "刊·图", _paragraph(0, 6, keep=True), _run(SONG, ROMAN, 12, ink)),
        _style(NOTE, "刊·图表注", _paragraph(15, 3, 10), _run(SONG, ROMAN, 9, quiet)),
        _style(CELL, "刊·表文字", _paragraph(17, 1.5, 1.5), _run(SONG, ARIAL, 10.5, ink)),
        _style(FIGURE, "刊·表数字", _paragraph(17, 1.5, 1.5, side="right"), _run(HEI, ARIAL, 10, ink)),
        _style(LARGE, "刊·要目数字", _paragraph(48), _run(SONG, ROMAN, 40, accent, bold=True)),
        _style(LABEL, "刊·要目说明", _paragraph(18), _run(HEI, ARIAL, 10.5, ink)),
        _style(CONTENTS, "刊·导读", _paragraph(20, tabs='<w:tab w:val="left" w:pos="2400"/>',
                                         indent='w:left="2400" w:hanging="2400"'), _run(HEI, ARIAL, 10.5, ink)),
        _style(TIP, "刊·小贴士", _paragraph(21, indent=_FIRST, side="both", shade=tint), _run(KAI, ROMAN, 12, ink)),
        _style(TIP_LIST, "刊·小贴士列表", _paragraph(21, indent=_HANGING, side="both", shade=tint, numbered=BULLETS),
               _run(KAI, ROMAN, 12, ink)),
        _style(QUOTE, "刊·引语", _paragraph(26, 10, 10, indent='w:left="480" w:right="480"',
                                        borders=_rule("left", 24, accent, 10)), _run(KAI, ROMAN, 15, accent)),
        _style(COLOPHON, "刊·编印", _paragraph(18), _run(KAI, ROMAN, 10.5, quiet)),
        _style(GAP, "刊·间隔", _paragraph(6), _run(SONG, ROMAN, 4, line)),
    ]
    return f"<w:styles {_HEAD}>{''.join(made)}</w:styles>"


def numbering_xml(colours: Mapping[str, str]) -> str:
    """The lists: squares, and the numbers of events."""
    accent = colours["accent"].lstrip("#")

    def level(form: str, text: str, run: str, paragraph: str) -> str:
        return (f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{paragraph}{run}</w:lvl>')

    bullet = level("bullet", "■", f'<w:rPr>{faces(SONG, SONG)}<w:color w:val="{accent}"/><w:sz w:val="14"/></w:rPr>',
                   f"<w:pPr><w:ind {_HANGING}/></w:pPr>")
    number = level("decimal", "%1.", f'<w:rPr>{faces(HEI, ARIAL)}<w:b/><w:color w:val="{accent}"/></w:rPr>',
                   '<w:pPr><w:ind w:left="0" w:firstLine="480"/></w:pPr>')
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="singleLevel"/>{one}'
                       "</w:abstractNum>" for at, one in ((BULLETS, bullet), (EVENTS, number)))
    numbers = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in (BULLETS, EVENTS))
    return f"<w:numbering {_HEAD}>{abstract}{numbers}</w:numbering>"


SETTINGS = (f'<w:settings {_HEAD}><w:zoom w:percent="100"/><w:defaultTabStop w:val="480"/>'
            '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:balanceSingleByteDoubleByteWidth/>'
            '<w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
            '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>')
