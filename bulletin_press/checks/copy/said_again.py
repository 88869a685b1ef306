"""一句话里同一个词、同一句话说了两遍。

“将于9月将在”“进一步优化进一步”“认为，认为”：改句子时新的写上了，旧的没有删。

误：大会将于9月将在大连召开，进一步优化进一步营商环境。
误：我们要总结经验。不断提高服务水平，不断提高服务水平。
误：与会代表一致认为，认为行业自律十分必要。
误：据悉，该船总长199米，据悉，设计航速14节。为规范秩序，协会为规范秩序，发出了倡议。
正：大会将于9月在大连召开，将军将参加
正：不断提高服务水平
正：不断扩大服务范围。
正：据悉，该船总长199米，设计航速14节。为规范秩序，协会发出了倡议。
依据：编辑的通读；《现代汉语》（黄伯荣、廖序东）“成分赘余”一节。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

C = "[^，。；：！？“”（）、]"
AGAIN = lazy(
    rf"(?<![即大上中少健主])(?P<will>将(?=[于在从由与会]|[\d继])){C}{{2,12}}(?P<will2>(?<![即大上中少健主])将)(?=[于在由会]|举[行办]|召开|正式|继续)"
    rf"|(?P<at>(?<![由关对位基属处至终等高低大小优善敢忠鉴在来出用源利过])于(?=[\d今明本昨])){C}{{2,10}}[日月午时](?P<at2>于)(?=[\u4e00-\u9fff])"
    rf"|(?P<how>进一步|不断|持续|积极|大力|努力|切实|全面|深入|着力|加快|逐步|有效|充分|稳步|认真)(?![和与、])(?:(?![和与并及又些能])[\u4e00-\u9fff]){{1,4}}(?P=how)(?=[\u4e00-\u9fff])"
    rf"|(?P<say>认为|表示|指出|强调|提出|要求|介绍|透露|建议|希望|据悉|据了解)，(?P=say)"
    rf"|(?P<done>已经){C}{{1,10}}已经?(?=[\u4e00-\u9fff]{{2}})|(?P<all>一共|总共|合计|总计|共计)(?:有|为|达)?{C}{{0,6}}(?:一共|总共|合计|总计|共计)"
    r"|(?P<had>受到了?)(?:[\u4e00-\u9fff]{1,8})的?(?P=had)")
WHOLE = lazy(r"(?:^|(?<=[，。；：！？]))(?P<one>[\u4e00-\u9fff\d]{5,24})[，。；](?P=one)(?=[，。；！])"
             r"|(?P<end>[\u4e00-\u9fff\d]{9,24})[，。；](?P=end)(?=[，。；！])")


# 据悉，……，据悉，: within a sentence; and 为规范秩序，协会为规范秩序，: what was led in with is led in with again.
LED = lazy(r"(?:^|(?<=[。，；]))(?P<led>据悉|据了解|据介绍|据统计|据报道|据测算|近日|日前|此外|与此同时|会上|会后)，"
           r"[^。！？“”]{4,60}?，(?P<again>(?P=led)，)")
ANEW = lazy(r"(?:^|(?<=[，。；]))(?P<way>(?:为|通过|在|按照|根据|随着|围绕|针对|结合|由于|受)[^，。；：！？“”]{3,24})，"
            r"(?P<anew>[^，。；：！？“”]{1,8}(?P=way))(?=，)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each word that was said already in its clause, and each clause said twice."""
    text = copy.words
    for match in AGAIN.finditer(text):
        if match["done"] and "或" in match.group():
            continue
        kind = next(name for name in ("will", "at", "how", "say", "done", "all", "had") if match[name])
        yield Mark(*match.span(), f"“{match[kind]}”说了两遍，留一处")
    for match in copy.finds(LED):
        yield Mark(*match.span("again"), f"“{match['led']}”说了两遍，留一处")
    if _repeats(text):
        for match in ANEW.finditer(text):
            yield Mark(*match.span("anew"), f"“{match['way']}”写了两遍")
        for match in WHOLE.finditer(text):
            clause = match["one"] or match["end"]
            yield Mark(*match.span(), f"“{clause}”写了两遍", clause)


def _repeats(text: str) -> bool:
    """Whether a clause ends with the whole of the next, or the next with the whole of it."""
    for mark in "。；：！？":
        text = text.replace(mark, "，")
    clauses = text.split("，")
    return any(one.endswith(other) or (len(one) > 5 and other.endswith(one))
               for one, other in pairwise(clauses) if len(other) > 4)


RULE = Rule("said-again", Severity.WARNING, Copy, check)
