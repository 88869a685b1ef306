"""The attacks, as files of a workspace; ``lab.py`` tries them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import hostile

HERE = Path(__file__).parent
THEME = "templates/themes/evil"
PAGE, SHEET, THEME_TOML = f"{THEME}/page.html.j2", f"{THEME}/style.css", f"{THEME}/theme.toml"
PLAIN_THEME = 'title = "甲"\ndescription = "乙"\nfonts = ["Bulletin Song"]\n'
PLAIN_PAGE = (
    '<!doctype html>\n<html lang="zh-CN"><head><title>{{ document.title }}</title><style>{{ css }}</style>'
    "</head><body><h1>{{ document.title }}</h1>\n%s\n</body></html>\n"
)
WORD_LISTS = ("self-names", "outlets", "forbidden", "places", "superlatives", "confusable", "regions")


@dataclass(frozen=True)
class Attack:
    """One attempt: what it adds to a plain workspace.

    Attributes:
        family: what kind of attempt it is.
        name: tells it from the others of its family.
        files: texts by path.
        links: symbolic links, path to target.
        pipes: named pipes, by path.
        refused: whether it must end in an error, so that a theme that is not read at all fails the test.
        commands: the commands that are tried, each a list of arguments.
    """

    family: str
    name: str
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    pipes: tuple[str, ...] = ()
    refused: bool = False
    commands: tuple[tuple[str, ...], ...] = (("render", "2022-08", "--draft", "--theme", "evil"),)


def lines(name: str) -> list[str]:
    """The lines of a list, without its comments."""
    text = (HERE / name).read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("# ")]


def page(body: str) -> Mapping[str, str]:
    """A theme's page with something in it."""
    return {PAGE: PLAIN_PAGE % body}


def attacks(bait: str) -> Iterator[Attack]:
    """Every attack on a folder of bait."""
    for family in (
        _templates,
        _objects,
        _paths,
        _fetches,
        _sheets,
        _links,
        _theme_files,
        _definitions,
        _lists,
        _issues,
    ):
        yield from family(bait)


def bombs() -> Iterator[Attack]:
    """Themes that would never end, or would take all memory."""
    listed = tomllib.loads((HERE / "bombs.toml").read_text("utf-8"))
    for number, one in enumerate(listed["template"], 1):
        yield Attack("bomb template", f"{number}: {one['page'][:60]}", page(one["page"]))
    for number, one in enumerate(listed["source"], 1):
        times = one["times"]
        text = one.get("head", "") + one["piece"] * times
        text += one["tail"] * (times if one["tail"].startswith("{% end") else 1) if "tail" in one else ""
        yield Attack("bomb source", f"{number}: {one['piece']!r} × {times}", page(text))
    for number, one in enumerate(listed["css"], 1):
        yield Attack(
            "bomb css",
            f"{number}: {(one.get('css') or one['page'])[:60]}",
            {**page(one.get("page", "")), SHEET: one.get("css", "")},
        )


def _templates(bait: str) -> Iterator[Attack]:
    for number, line in enumerate(lines("templates.txt"), 1):
        body = line.replace("{bait!r}", repr(bait)).replace("{bait}", bait)
        yield Attack("template", f"{number}: {line[:60]}", page(body))


OBJECTS = (
    "document",
    "document.front",
    "document.title",
    "pictures",
    "options",
    "css",
    "drawing",
    "points",
    "range",
    "dict",
    "namespace",
    "self",
    "cycler(1)",
    "joiner()",
    "namespace(a=1)",
    "document.pictures",
    "document.pictures()",
    "document.sections",
    "(document.sections|map('upper'))",
    "document.sections[0]",
    "document.exhibits",
    "1",
    "1.5",
    "none",
    "nothing",
)
ATTRIBUTES = (
    "__class__",
    "__init__",
    "__globals__",
    "__dict__",
    "__reduce_ex__",
    "__getattribute__",
    "__self__",
    "_environment",
    "gi_frame",
    "mro",
    "func_globals",
    "file",
)


def _objects(bait: str) -> Iterator[Attack]:
    for owner in OBJECTS:
        ways = [
            f"{{{{ {owner}.{name} }}}}{{{{ {owner}['{name}'] }}}}{{{{ {owner}|attr('{name}') }}}}"
            for name in ATTRIBUTES
        ]
        # Each must be refused by itself: what is undefined is told from what is there.
        for name, body in zip(ATTRIBUTES, ways, strict=True):
            yield Attack("object", f"{owner} {name}", page(body), refused=True)


NAMES = (
    "../../../../canary.txt",
    "{bait}/canary.txt",
    "/etc/passwd",
    "//etc/passwd",
    "./../evil/page.html.j2",
    "..\\\\..\\\\canary.txt",
    "file://{bait}/canary.txt",
    "http://127.0.0.1:9/canary.txt",
    "~/canary.txt",
    "%2e%2e/canary.txt",
    "a/../../../canary.txt",
    "page.html.j2\\u0000.txt",
    "a\\nb",
    "..",
    ".",
    "",
    "/",
    "/proc/self/environ",
    "/dev/zero",
    "x" * 5000,
    "blocks.html.j2/../../evil/page.html.j2",
    "CON",
    "linked.txt",
    "folder/canary.txt",
    "pipe.j2",
)


def _paths(bait: str) -> Iterator[Attack]:
    for name in NAMES:
        typed = name.format(bait=bait)
        for way, body in (
            ("include", f'{{% include "{typed}" %}}'),
            ("import", f'{{% import "{typed}" as x %}}{{{{ x }}}}'),
            ("extends", f'{{% extends "{typed}" %}}'),
            ("from", f'{{% from "{typed}" import x %}}'),
        ):
            yield Attack(
                "path",
                f"{way} {name[:40]!r}",
                page(body),
                {f"{THEME}/linked.txt": f"{bait}/canary.txt", f"{THEME}/folder": bait},
                (f"{THEME}/pipe.j2",),
                refused=True,
            )


def _fetches(bait: str) -> Iterator[Attack]:
    for name, html in hostile.vectors(bait):
        yield Attack("fetch", name, page("{% raw %}" + html + "{% endraw %}"))


CSS = (
    '@import "{u}.css";',
    "@import url({u}.css);",
    "@import url({u}.css) print;",
    '@import "{u}.css" layer(x);',
    "p {{ background: url({u}.png) }}",
    "p {{ background-image: image-set('{u}.png' 1x) }}",
    'h1::before {{ content: url("{u}.png") }}',
    "h1 {{ content: url({u}.png) }}",
    "h1 {{ list-style: url({u}.png) }}",
    "h1 {{ border: 9px solid; border-image: url({u}.png) 3 }}",
    "h1 {{ mask: url({u}.png) }}",
    "h1 {{ filter: url({u}.svg#f) }}",
    "h1 {{ cursor: url({u}.png), auto }}",
    "h1 {{ clip-path: url({u}.svg#c) }}",
    "h1 {{ shape-outside: url({u}.png) }}",
    "@page {{ background: url({u}.png) }}",
    '@page {{ @top-left {{ content: url("{u}.png") }} }}',
    "@page :first {{ background-image: url({u}.png) }}",
    "@font-face {{ font-family: Z; src: url({u}.ttf) }} h1 {{ font-family: Z }}",
    "@font-face {{ font-family: Z; src: local('Canary'), url({u}.ttf) format('truetype') }} h1 {{ font-family: Z }}",
    "@font-face {{ font-family: Z; src: url({u}.ttf) }} @font-face {{ font-family: Z; src: local('DejaVu Sans') }}",
    "@color-profile device-cmyk {{ src: url({u}.icc) }} h1 {{ color: device-cmyk(0 0 0 1) }}",
    "@namespace url({u}.css);",
    ":root {{ --x: url({u}.png) }} h1 {{ background: var(--x) }}",
    "h1 {{ background: u\\72l({u}.png) }}",
    "h1 {{ background: URL( '{u}.png' ) }}",
    "h1 {{ background: src('{u}.png') }}",
    "h1 {{ content: attr(title url) }}",
    "h1 {{ bookmark-label: url({u}.png) }}",
    "h1 {{ string-set: a url({u}.png) }}",
    "h1 {{ background: cross-fade(url({u}.png), red) }}",
    "h1 {{ background: element(#x), url({u}.png) }}",
    "h1 {{ background: paint(x), url({u}.png) }}",
    "@charset \"x\"; @import '{u}.css';",
    "@counter-style x {{ system: cyclic; symbols: url({u}.png) }} h1 {{ list-style: x }}",
    "@media print {{ h1 {{ background: url({u}.png) }} }}",
    "@supports (color: red) {{ @import '{u}.css'; }}",
    "h1 {{ anchor: x; link: url({u}.txt) }}",
    "</style><link rel=stylesheet href={u}.css><style>",
    "</style><img src={u}.png><style>",
    '/* */ h1 {{ background: url("{u}.png" }}',
)
ADDRESSES = ("file://{bait}/canary", "http://127.0.0.1:9/canary", "{bait}/canary", "../../../../bait/canary")


def _sheets(bait: str) -> Iterator[Attack]:
    for number, css in enumerate(CSS):
        for address in ADDRESSES:
            text = css.format(u=address.format(bait=bait))
            yield Attack("sheet", f"{number}: {css[:40]} {address[:12]}", {SHEET: text})


# What a link can stand for: the path, the target when it is a file, when it is a folder, and the command that reads it.
RENDER = (
    ("render", "2022-08", "--draft", "--theme", "evil"),
    ("themes",),
    ("new-theme", "copy", "--from", "evil"),
)
CHECK = (("check", "2022-08"), ("list",), ("render", "2022-08", "--draft"), ("new-issue", "2022-09"))
LINKED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    PAGE: RENDER,
    SHEET: RENDER,
    THEME_TOML: RENDER,
    f"{THEME}/draft.css": RENDER,
    f"{THEME}/blocks.html.j2": RENDER,
    "templates/themes/draft.css": RENDER,
    "templates/themes/blocks.html.j2": RENDER,
    THEME: RENDER,
    "templates/themes": RENDER,
    "templates": (*RENDER, *CHECK),
    "templates/reports": CHECK,
    "templates/reports/ours": CHECK,
    "templates/reports/ours/definition.toml": CHECK,
    "templates/checks": CHECK,
    "templates/checks/thresholds.toml": CHECK,
    **{f"templates/checks/{name}.toml": CHECK for name in WORD_LISTS},
    "members.toml": CHECK,
    "2022-08/images/a.png": CHECK,
    "2022-08/images": CHECK,
    "logos": CHECK,
    "logos/l.png": CHECK,
    "2022-08": CHECK,
    "2022-08/issue.toml": CHECK,
    "2022-08/out": CHECK,
    "2022-08/out/2022-08.pdf": CHECK,
    "2022-07": CHECK,
    "2022-07/issue.toml": CHECK,
}
FOLDERS = frozenset(
    {
        THEME,
        "templates/themes",
        "templates",
        "templates/reports",
        "templates/reports/ours",
        "templates/checks",
        "2022-08/images",
        "logos",
        "2022-08",
        "2022-08/out",
        "2022-07",
    }
)


def _links(bait: str) -> Iterator[Attack]:
    for path, commands in LINKED.items():
        depth = path.count("/")
        targets = {
            "folder": f"{bait}/tree/{path}",
            "up": "../" * depth + f"../bait/tree/{path}",
            "dangling": f"{bait}/none",
        }
        if path not in FOLDERS:
            targets |= {
                "zero": "/dev/zero",
                "environ": "/proc/self/environ",
                "loop": path.rpartition("/")[2],
                "device": "/dev/stdin",
            }
        for kind, target in targets.items():
            yield Attack("link", f"{path} {kind}", links={path: target}, commands=commands)
        if path not in FOLDERS:
            yield Attack("pipe", path, pipes=(path,), commands=commands)


def tree(bait: Path) -> Iterator[tuple[Path, str]]:
    """What the links lead to: files that would be read, were the links followed, each with the mark."""
    mark = hostile.MARK
    base = bait / "tree"
    for theme in (THEME,):
        yield base / theme / "theme.toml", PLAIN_THEME.replace("甲", mark)
        yield base / theme / "page.html.j2", PLAIN_PAGE % mark
        yield base / theme / "style.css", f'h1::after {{ content: "{mark}" }}'
        yield base / theme / "draft.css", f'h1::before {{ content: "{mark}" }}'
        yield base / theme / "blocks.html.j2", "{% macro block(one) %}" + mark + "{% endmacro %}"
    yield base / "templates/themes/draft.css", f'h1::before {{ content: "{mark}" }}'
    yield base / "templates/themes/blocks.html.j2", "{% macro block(one) %}" + mark + "{% endmacro %}"
    yield base / "templates/reports/ours/definition.toml", f'title = "{mark}"\n'
    yield base / "templates/checks/thresholds.toml", f'"{mark}" = 1\n'
    for name in WORD_LISTS:
        yield base / f"templates/checks/{name}.toml", f'[words]\n"正文" = "{mark}"\n'
    yield base / "members.toml", f'[m]\nname = "{mark}"\n'
    for month in ("2022-07", "2022-08"):
        yield (
            base / month / "issue.toml",
            f'[issue]\nnumber = 7\ndate = 2022-07-26\n[[event]]\nbody = "{mark}"\n',
        )
    yield base / "2022-08/out/2022-08.pdf", mark


VALUES = (
    "red; } body { display: none",
    "</style><script>",
    "url(file:///etc/passwd)",
    "expression(1)",
    "\\3c /style>",
    "1e999pt",
    "var(--x)",
    "/* */",
    "#12345",
    "x\ny",
    "{{ 7 }}",
    "@import 'x'",
    "💣",
    "a" * 10_000,
)


def _theme_files(bait: str) -> Iterator[Attack]:
    def theme(rest: str) -> Mapping[str, str]:
        return {THEME_TOML: PLAIN_THEME + rest}

    for value in VALUES:
        quoted = json.dumps(value, ensure_ascii=False)
        for kind in ("color", "length", "choice"):
            choices = f"choices = [{quoted}]\n" if kind == "choice" else ""
            yield Attack(
                "option",
                f"{kind} {value[:20]!r}",
                theme(f'[options.a]\nlabel = "甲"\nkind = "{kind}"\ndefault = {quoted}\n{choices}'),
                refused=kind != "choice",
            )
        for key in ("ink", "rise", "labels", "outline"):
            charts = {
                "unit": "18",
                "labels": '"Bulletin Song"',
                "figures": '"Bulletin Song"',
                "tones": '["#000000"]',
                "ink": '"#000000"',
                "faint": '"#000000"',
                "rise": '"#000000"',
                "fall": '"#000000"',
                key: quoted,
            }
            yield Attack(
                "charts",
                f"{key} {value[:20]!r}",
                theme("[charts]\n" + "".join(f"{name} = {one}\n" for name, one in charts.items())),
                refused=True,
            )
        yield Attack(
            "title",
            value[:20],
            {THEME_TOML: PLAIN_THEME.replace('"甲"', quoted)},
            commands=(("themes",), ("render", "2022-08", "--draft", "--theme", "evil")),
        )
        yield Attack(
            "publication",
            value[:20],
            {
                "publication.toml": (
                    f'[publication]\nname = "刊"\norganiser = "会"\ntheme = "classic"\n[theme]\naccent = {quoted}\n'
                )
            },
            refused=True,
            commands=(("render", "2022-08", "--draft"),),
        )
    for name in ("-x", "a;b", "a}b", "a\nb", "a:b", "9", "", "a b", "<b>"):
        yield Attack(
            "option",
            f"named {name!r}",
            theme(f'[options.{json.dumps(name)}]\nlabel = "甲"\nkind = "length"\ndefault = "1pt"\n'),
            refused=True,
        )
    for name, data in _not_toml(b'title = "x"\n').items():
        yield Attack("theme.toml", name, {THEME_TOML: data}, refused=True, commands=RENDER[:2])
        yield Attack(
            "style.css",
            name,
            {SHEET: data.replace(b"title", b"h1 { color: red } /* ")},
            refused=name in _NO_TEXT,
        )
        yield Attack("page", name, {PAGE: data}, refused=name in _NO_TEXT)
        yield Attack("draft.css", name, {f"{THEME}/draft.css": data}, refused=name in _NO_TEXT)


_NO_TEXT = frozenset({"gbk", "latin-1", "utf-16", "nul", "binary", "large", "half"})


def _not_toml(head: bytes) -> Mapping[str, bytes]:
    return {
        "gbk": 'title = "中国商务"\n'.encode("gbk") * 9,
        "latin-1": b'title = "\xe9\xff"\n',
        "utf-16": "title".encode("utf-16"),
        "nul": head + b"\0",
        "binary": bytes(range(256)) * 9,
        "large": head + b"# x\n" * 300_000,
        "half": "中".encode()[:2] * 99,
        "deep": b"a = " + b"[" * 100_000,
        "deep tables": b"a = " + b"{a=" * 20_000,
        "dotted": b".".join([b"a"] * 20_000) + b" = 1\n",
        "dotted often": b"".join(b".".join([b"a%d" % n, *[b"b"] * 38]) + b" = 1\n" for n in range(6_000)),
        "keys": b"".join(b"k%d = 1\n" % n for n in range(60_000)),
        "headers": b"".join(b"[a%d]\n" % n for n in range(60_000)),
        "long line": b'title = "' + b"x" * 900_000 + b'"\n',
        "open": b"title = '''\n" + b"x\n" * 400_000,
        "number": b"a = " + b"9" * 900_000 + b"\n",
        "float": b"a = 1e999999999\n",
        "nan": b"title = nan\n",
    }


def _definitions(bait: str) -> Iterator[Attack]:
    plain = (
        'title = "甲"\n[measures.a]\nlabel = "甲"\n[items.total]\nlabel = "乙"\n[[paragraphs]]\nlead = {lead}\n'
        '[[paragraphs.sentences]]\nform = "measures"\nitems = ["total"]\nmeasures = ["a"]\nopening = {opening}\n'
    )
    path = "templates/reports/ours/definition.toml"
    publication = (
        '[publication]\nname = "刊"\norganiser = "会"\n[report]\ndefinition = {name}\nregion = "市"\n'
        'source = "部"\nunit = "元"\n'
    )
    ours = {
        "publication.toml": publication.format(name='"ours"'),
        "2022-08/issue.toml": (
            '[issue]\nnumber = 8\ndate = 2022-08-26\n[report]\nperiod = "2022-06"\n[report.a]\ntotal = [1, 2]\n'
        ),
    }
    commands = (("report", "2022-08"), ("check", "2022-08"), ("render", "2022-08", "--draft"))
    for lead in (
        "{source.__class__}",
        "{source.__init__.__globals__}",
        "{0.__class__}",
        "{source[0]}",
        "{source!r}",
        "{source:>999999999}",
        "{source:{source}}",
        "{}",
        "{",
        "}",
        "{{source}}",
        "{__class__}",
        "{self}",
        "%(source)s",
        "{bait}",
        "{source}" * 50_000,
        "<script>",
        "{% include '/etc/passwd' %}",
        "{{ 7 }}",
    ):
        for where in ("lead", "opening"):
            yield Attack(
                "definition",
                f"{where} {lead[:30]}",
                {
                    **ours,
                    path: plain.format(
                        **{"lead": '"据{source}，"', "opening": '"{item}"', where: json.dumps(lead)}
                    ),
                },
                commands=commands,
            )
    for name in (
        "../evil",
        "/etc",
        "..",
        f"{bait}/tree/templates/reports/ours",
        "ours/../ours",
        "OURS",
        "a\n",
        "x" * 300,
        "",
    ):
        yield Attack(
            "definition",
            f"name {name[:30]!r}",
            {"publication.toml": publication.format(name=json.dumps(name))},
            refused=True,
            commands=(("new-issue", "2022-09"),),
        )
    for name, data in _not_toml(b'title = "x"\n').items():
        yield Attack("definition", name, {**ours, path: data}, refused=True, commands=commands[:1])


def _lists(bait: str) -> Iterator[Attack]:
    words = (
        "(a+)+$",
        "(正|正)*文",
        "[",
        "(?P<x>",
        "\\",
        ".*" * 99,
        "#" * 200,
        "##########x",
        "(?s).*",
        "正文\n",
        "a{99999}",
        "(?#",
        "$",
        "^",
        "\\1",
        "正" * 5_000,
    )
    issue = {
        "2022-08/issue.toml": '[issue]\nnumber = 8\ndate = 2022-08-26\n[[event]]\nbody = "'
        + "aaaa正正文文1,111" * 900
        + '"\n'
    }
    for word in words:
        quoted = json.dumps(word, ensure_ascii=False)
        for name in WORD_LISTS:
            yield Attack(
                "words",
                f"{name} {word[:12]!r}",
                {**issue, f"templates/checks/{name}.toml": f"[words]\n{quoted} = {quoted}\n"},
                commands=(("check", "2022-08"),),
            )
        yield Attack(
            "terms",
            word[:12],
            {
                **issue,
                "publication.toml": (
                    f'[publication]\nname = "刊"\norganiser = "会"\n[terms]\n{quoted} = {quoted}\n'
                ),
            },
            commands=(("check", "2022-08", "--fix", "--yes"),),
        )
    for key in ("preceded", "followed", "unless", "endings"):
        yield Attack(
            "words",
            key,
            {
                **issue,
                "templates/checks/forbidden.toml": (
                    f'[words]\n"正文" = {{ {key} = ["(a+)+$", "[", "#"] }}\n'
                    if key != "endings"
                    else 'endings = ["(a+)+$", "["]\n'
                ),
            },
            commands=(("check", "2022-08"),),
        )
    for value in ("nan", "inf", "-inf", "1e999", "-1", '"x"', "[]", "{}", "true", "1979-05-27", "9" * 5000):
        yield Attack(
            "thresholds",
            value[:12],
            {"templates/checks/thresholds.toml": f"base_ratio = {value}\n"},
            refused=True,
            commands=(("render", "2022-08", "--draft"),),
        )
    for name, data in _not_toml(b"[words]\n").items():
        for path in ("forbidden", "thresholds"):
            yield Attack(
                "words",
                f"{path} {name}",
                {f"templates/checks/{path}.toml": data},
                refused=True,
                commands=(("render", "2022-08"),),
            )


def _issues(bait: str) -> Iterator[Attack]:
    """What names a file in an issue, in the directory, in publication.toml."""
    paths = (
        f"{bait}/canary.png",
        "../canary.png",
        "../../bait/canary.png",
        "images/../../../bait/canary.png",
        "/dev/zero.png",
        f"file://{bait}/canary.png",
        "http://127.0.0.1:9/canary.png",
        "~/canary.png",
        "C:\\canary.png",
        "images\\..\\a.png",
        "images/a.png\\u0000.jpg",
        "images/linked.png",
        "images/folder/canary.png",
        "images/pipe.png",
        "images/..png",
        "//server/canary.png",
        "images/" + "x" * 5000 + ".png",
        "images/a\\nb.png",
        "data:image/png;base64,AAAA.png",
        "asset:picture-0.png",
    )
    extra = {
        "2022-08/images/linked.png": f"{bait}/canary.png",
        "2022-08/images/folder": bait,
        "logos/linked.png": f"{bait}/canary.png",
    }
    head = "[issue]\nnumber = 8\ndate = 2022-08-26\n"
    commands = (("render", "2022-08", "--draft"), ("check", "2022-08", "--layout"))
    for path in paths:
        # In single quotes TOML takes backslashes as they are.
        typed = f"'{path}'" if "\\" in path and "\\u" not in path and "\\n" not in path else f'"{path}"'
        yield Attack(
            "picture",
            path[:40],
            {"2022-08/issue.toml": f'{head}[[event]]\nbody = "正文"\nimage = {typed}\n'},
            extra,
            ("2022-08/images/pipe.png",),
            commands=commands,
        )
        yield Attack(
            "logo",
            path[:40],
            {
                "members.toml": f'[m]\nname = "甲"\nlogo = {typed.replace("images/", "logos/")}\n',
                "2022-08/issue.toml": f'{head}[[member]]\nref = "m"\n',
            },
            extra,
            ("logos/pipe.png",),
            commands=commands,
        )
    for name in (
        "../evil",
        "/etc",
        f"{bait}/tree/{THEME}",
        "..",
        "evil/../evil",
        "evil\n",
        "",
        "x" * 300,
        "EVIL",
        "evil/",
    ):
        yield Attack(
            "theme name",
            name[:30],
            {
                "publication.toml": (
                    f'[publication]\nname = "刊"\norganiser = "会"\ntheme = {json.dumps(name)}\n'
                )
            },
            refused=True,
            commands=(("render", "2022-08", "--draft"),),
        )
        if name:
            yield Attack(
                "theme name",
                f"--theme {name[:30]}",
                refused=True,
                commands=(
                    ("render", "2022-08", "--draft", "--theme", name),
                    ("new-theme", "copy", "--from", name),
                ),
            )
