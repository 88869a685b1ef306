"""正文里有绝对化的广告话。

“最顶级”“最佳选择”“绝无副作用”“包治百病”“国家级产品”说的是广告话，消息、通讯里不用；引述的加引号。

误：这是一款全球最顶级的健康饮品
误：产品绝无副作用，是治疗失眠的最佳选择
正：这是一款受欢迎的健康饮品
正：该剧获最佳编剧奖，专家说没有“绝无副作用”的药
依据：《广告法》第九条、第十六条、第十七条、第二十八条。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

CLAIM = lazy(
    r"最顶[级尖]|最(?:佳|好|优|明智|正确)的?选择(?!题)|(?:全球|世界|全国|国内|亚洲|行业|史上|业内)(?:最(?:顶级|好|棒"
    r"|优秀|权威|专业|便宜|低价|高档|优质|强|牛|完美|受欢迎)的|顶级|第一品牌|唯一(?:一家|的)?品牌)"
    r"|(?:绝无|绝对没有|没有任何|毫无|无任何|零)(?:毒)?副作用|包治百病|药到病除|永不复发|根治(?:率)?(?:各种|多种"
    r"|疑难|癌症|糖尿病|高血压)|(?:百分之百|100%)(?:有效|治愈|安全|纯天然|满意|成功|无风险|中奖|就业|好评)"
    r"|治愈率(?:高达|达到?)?(?:9\d|100)%"
    r"|(?:稳赚|包赚)(?:不赔)?|保本保(?:息|收益)|零风险高回报|(?:永久|终身)(?:有效|免费)|国家级(?:产品|品质|品牌|技术"
    r"|配方|护理)|(?:国家|驰名)免检(?:产品)?|全网(?:最低价?|销量第一|第一)|销量(?:全国|全球|世界|行业|遥遥)?(?:第一"
    r"|冠军)的?(?:产品|品牌)|独一无二的(?:产品|品质|配方|享受|体验|服务|技术|品牌)"
    r"|(?:史无前例|空前绝后|绝版)的?(?:优惠|价格|品质|产品)|(?:极品|至尊|顶级|王牌)(?:产品|品质|享受|服务|食材|配置"
    r"|体验|团队|茶饮|原料|配方|大礼)|(?:特效|神效|奇效)(?:药|产品|配方)|一(?:喝|吃|用|抹|涂)就(?:灵|见效|好|瘦)"
    r"|(?:无效|不满意)(?:全额)?退款|(?:NO|No|TOP)\.? ?1(?:品牌|产品)|(?:欲购从速|机不可失|数量有限，?先到先得"
    r"|名额有限，?欲购|抓紧抢购|火爆热销|全场[一二三四五六七八九\d.]+折起?|买[一二三\d]送[一二三\d])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each claim of an advertisement, outside quotation marks."""
    text = copy.words
    for match in copy.finds(CLAIM):
        before = text[: match.start()]
        if before.count("“") <= before.count("”"):
            yield Mark(*match.span(), f"“{match.group()}”是广告话，请写事实")


RULE = Rule("absolute-claim", Severity.WARNING, Copy, check, cues=(CLAIM,))
