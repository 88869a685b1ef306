"""只在手机和公众号里才有用的话。

“点击阅读原文”“长按识别二维码”“点赞在看”在纸上和 PDF 里没有可点、可按的东西。请删去，或换成网址、附上二维码图片。

误：点击上方蓝字关注我们
误：扫码关注公众号（这一则没有图片）
误：报名二维码见右（这一则没有图片）
正：全文见[商务部网站](https://www.mofcom.gov.cn/)
正：报名见[协会网站](https://example.com/)
正：扫描右侧二维码报名（这一则有 image = "images/二维码.png"）
依据：读者照着做不到的话，不印。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

_CALL = lazy(
    "(?:长按|按住)(?:下方|上方|下面|上面|图片|屏幕|以下|此|并|或|扫描|扫码|识别|扫一扫|保存|图中|中|的|前往|添加){0,6}"
    "(?:二维码|小程序码|识别|图片保存)(?:关注|识别|报名|添加|进群)?"
    "|(?:点击|猛戳|戳|轻触|点(?=这里|此处|上方|下方|左下角|右上角|文末|“))(?:这里|此处|上方|下方|上面|下面|左下角"
            "|右上角|文末|顶部|底部|页面|屏幕|图片|标题|下|的|“|「|【){0,4}"
    "(?:阅读原文|蓝字|蓝色字|小程序|卡片|名片|关注|在看|视频号|播放|收听|收藏|原文链接|链接|查看原文|查看详情"
    "|查看大图|放大图片|视频)(?:”|」|】)?(?:关注(?:我们)?)?"
    "|(?:点赞|点个赞|分享|收藏|转发)(?:、|，|和|与|\\+| |加|并|点|个){0,3}“?(?:在看|再看|点赞|转发朋友圈)”?"
    "|(?:设为|加|标为|加个|点亮)(?:“|「)?星标|给(?:我们)?(?:点|加)个?(?:“|「)?(?:在看|星标|赞)"
    "|(?:欢迎|请|记得)?关注(?:我们|本)?的?(?:微信)?(?:公众号|视频号)(?:及时|，?获取|了解)|上滑(?:阅读|查看)"
            "|左右滑动(?:查看|浏览)"
    "|滑动(?:查看|阅读)(?:更多|下文)?|(?:视频|小程序)加载(?:失败|中)|以下(?:视频|音频)来源于|请在微信客户端打开")
_SCAN = lazy("(?:扫描|扫|识别|扫一扫)(?:下方|上方|下图|右侧|左侧|右方|文末|以下|图中|此|下面|的|小程序|微信|下){0,4}"
             "(?:二维码|码|小程序码)(?:即可|并|可|进行|查看|关注|报名|添加|进群|下载|获取|了解|阅读|填写|观看)"
             "|[^，。；\\n]{0,10}二维码(?:见|如|在)(?:左|右|下|上)(?:侧|方|图|边)?")
# 诱导用户点击链接, 不要点击链接: told of, asked of nobody.
_TOLD = lazy("(?:不|勿|别|避免|防止|诱[导骗使]|引诱|哄骗|骗|要求|谎称|声称|随意|轻易|误|一旦|擅自|陌生|不明|后|曾|已"
            "|因|只需|用户|市民|老人|居民|消费者|员工|受害人|当事人|客户|被|未)[^，。；]{0,8}\\Z")
_CUE = lazy("点[击个亮这此上下左右文“]|长按|按住|[戳扫赞享星滑载识]|轻触|微信|二维码|关注|收藏|转发|以下视|以下音")


def check(issue: Issue) -> Iterator[At]:
    """Yield each call that paper and PDF cannot answer; to scan a code only where the item has no picture."""
    for passage in issue.holding(_CUE):
        if not _CUE.search(passage.words):
            continue
        for match in _CALL.finditer(passage.words):
            if "击" in match.group() and "链接" in match.group() and _TOLD.search(
                    passage.words, max(0, match.start() - 12), match.start()):
                continue
            yield At.within(passage, *match.span(), f"“{match.group()}”在纸上和 PDF 里做不到，请删去，或换成网址")
        for match in _SCAN.finditer(passage.words) if not _pictured(passage) else ():
            yield At.within(passage, *match.span(), "这里要人扫码，可是这一则没有图片：请附上二维码图片，或换成网址")


def _pictured(passage: Passage) -> bool:
    """Whether the item that a passage stands in has a picture."""
    item: Any = passage.table.value(passage.path[:2])
    return isinstance(item, dict) and any(item.get(key) for key in ("image", "images", "logo"))


RULE = Rule("screen-call", Severity.WARNING, Issue, check)
