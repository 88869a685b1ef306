"""Plain HTML, such as theme authors write: each renders, or is told by name."""

from __future__ import annotations

import random
from collections.abc import Iterator

STYLES = (
    "display: inline-block",
    "display: inline-flex",
    "display: inline-table",
    "display: inline-grid",
    "display: flex",
    "display: grid",
    "display: table-cell",
    "display: list-item",
    "display: contents",
    "display: none",
    "float: left",
    "float: right; width: 30pt",
    "position: absolute; top: 0",
    "position: relative; left: 2pt",
    "white-space: pre",
    "white-space: pre-wrap",
    "white-space: nowrap",
    "white-space: pre-line",
    "letter-spacing: .3em",
    "word-spacing: 1em",
    "tab-size: 4; white-space: pre",
    "text-indent: 2em",
    "text-align: justify",
    "text-align-last: justify",
    "text-transform: uppercase",
    "vertical-align: super; font-size: 60%",
    "font-size: 0",
    "line-height: 0",
    "columns: 2",
    "overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 20pt",
    "writing-mode: vertical-rl",
    "direction: rtl",
    "hyphens: auto",
    "overflow-wrap: anywhere",
    "word-break: break-all",
    "transform: rotate(3deg)",
    "visibility: hidden",
    "box-decoration-break: clone; border: 1pt solid",
    "float: footnote",
    "max-lines: 1; block-ellipsis: auto",
    "width: min-content",
    "width: max-content",
    "padding: 0 1em; margin: 0 -1em",
    "font-variant: small-caps",
    "text-decoration: underline",
    "opacity: .5",
    "break-inside: avoid",
    "position: running(x)",
    "hanging-punctuation: first",
)
CONTENTS = (
    "正文<span>甲</span> <span>乙</span> 丙",
    "<span></span> <span> </span>",
    "&nbsp;",
    "&nbsp;&nbsp;<b>&nbsp;</b>",
    " \n ",
    "甲<br>乙<br><br>",
    "<br>",
    "<span>甲</span><br><span>乙</span>",
    "甲\t乙\t\t丙",
    "  甲  乙  ",
    "<ruby>汉<rt>hàn</rt></ruby>字",
    "甲<b> </b>乙<i></i>",
    "<img alt=x> 甲 <img alt=y>",
    "甲&shy;乙&#8203;丙&zwj;丁",
    "a b c",
    "abc-def/ghi www.example.com",
    "<p>甲</p> <p>乙</p>",
    "<ul><li>甲<li>乙</ul>",
    "<table><tr><td>甲<td>乙</table>",
    "“甲”，（乙）。",
    "𠮷😀‍🔥",
    "a&#x301;e",
    "<sup>1</sup><sub>2</sub>甲",
    "<q>甲<q>乙</q></q>",
    "<input value=x> <button>甲</button> <select><option>乙</select>",
    "<hr>",
    "<svg width=9 height=9><text>甲</text></svg> 乙",
    "مرحبا 甲",
    "<h2>甲 乙</h2>",
    "<dl><dt>甲<dd>乙</dl>",
    "<pre>甲\n  乙</pre>",
    "<code>a  b</code> 甲",
    "<progress value=.5></progress><meter value=.5></meter>",
    "<details><summary>甲</summary>乙</details>",
    "<fieldset><legend>甲</legend>乙</fieldset>",
    "<a href='#x'>甲</a> <a id=x>乙</a>",
    "<wbr>甲<wbr> 乙",
    "<bdo dir=rtl>abc</bdo>",
    "—— …… 甲——乙",
    "１２ 12 %",
    "\u3000\u3000甲\u3000",
)
SHEETS = (
    "",
    ".s::before { content: '甲 ' }",
    ".s::after { content: counter(x) ' ' attr(class) }",
    ".s > * { display: inline-block }",
    ".s span { position: absolute }",
    ".s * { float: left }",
    ".s { font: 9pt/2 Nothing }",
    ".s::first-letter { font-size: 200% } .s::first-line { color: red }",
    ".s::marker { content: '※ ' }",
    ".s { leader: 1; } .s::after { content: leader('. ') '9' }",
)


def snippets(count: int = 300) -> Iterator[tuple[str, str]]:
    """HTML and CSS: every way with a content, every content with a way, then a mixture that is always the same."""
    choice = random.Random(7)
    for number in range(count):
        style = STYLES[number % len(STYLES)]
        inner = STYLES[choice.randrange(len(STYLES))]
        content = CONTENTS[number % len(CONTENTS)]
        sheet = SHEETS[number % len(SHEETS)] if number >= len(STYLES) else ""
        element = ("div", "p", "span")[number % 3]
        other = CONTENTS[choice.randrange(len(CONTENTS))]
        yield (
            f'<{element} class=s style="{style}">{content}</{element}> <{element} style="{style}">{other}</{element}>\n'
            f'<p>正文正文 <span style="{inner}">{content}</span> <span style="{style}">{other}</span>'
            f"{content} 正文，正文。</p>",
            sheet,
        )
