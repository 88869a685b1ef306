"""书名号用在了会议、活动、奖项上。

书名号标示作品、文件、报刊的名称；会议、展览、活动、课程、奖项、称号、证书、品牌用引号，或什么也不用。

误：《全球服务外包大会》将于9月下旬在武汉召开
误：协会获评《全国先进社会组织》称号，举办了《数字贸易培训班》
正：“全球服务外包大会”将于9月下旬在武汉召开
正：观看《中国诗词大会》，《会员大会章程》，发布《大会公报》
依据：GB/T 15834—2011《标点符号用法》4.15.3、附录A.13：书名号只用于作品名，不用于会议、活动、奖项等。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

HELD = (r"(?:大会|论坛|峰会|年会|展览会|博览会|交易会|洽谈会|推介会|座谈会|研讨会|对接会|发布会|培训班|训练营|"
        r"沙龙|大赛|竞赛|活动|"
        r"行动|工程|计划|展会|文化节|购物节|服务月|活动周)")
MISUSED = lazy(
    rf"《(?P<held>[^《》]{{2,40}}{HELD})》(?=[\u4e00-\u9fff，0-9]{{0,18}}?(?:召开|举行|举办|开幕|闭幕|落幕|在[\u4e00-\u9fff]{{1,8}}(?:开|举)))"
    rf"|(?:召开|举行|举办|承办|主办|参加|出席|启动)(?:了|的|首届|第[一二三四五六七八九十\d]{{1,3}}届)?(?P<after>《[^《》]{{2,40}}{HELD}》)"
    rf"|(?P<body>《[^《》]{{2,24}}(?:联合会|协会|商会|公司|集团|委员会|研究院|学会|博物馆|银行|联盟)》)(?=主办|承办|协办|发布|组织|获|表示|签|联合|成立|举办|等|、)"
    r"|(?P<named>《[^《》]{2,30}》)(?=(?:荣誉)?(?:称号|证书|认证|资质|奖项|品牌|商标|培训班|培训课程|课程|研修班|大赛|论坛|峰会|博览会|展会|高峰会|系列活动|主题活动|专场活动|专项行动))"
    # 由协会发起的《健康用药进社区》活动, 取得《食品经营许可证》.
    r"|(?P<doing>《[^《》]{3,30}》)(?=(?:(?:公益|志愿|宣传|普法|惠民|研学|体验|推广|征集|评选|帮扶|交流|打卡|读书|义诊|科普|专题|系列|主题)(?:服务)?)?活动(?!方案|通知|手册|指南|规则|细则|章程|简报|计划|总结|的))"
    r"|(?:办理|办好|取得|领取|核发|颁发|换发|申领|持有|持|办|获得|吊销|注销|出示|悬挂|亮出|缺少|无|凭|未取得|发放|申请|补办|换领|延续)(?:了|有|过)?(?:有效的?|新版)?(?P<licence>《[^《》]{2,20}(?:许可证|营业执照|资格证书?|登记证书?|合格证书?|上岗证|健康证|执业证书?|准考证|结业证书|毕业证书|会员证书?)》)"
    r"|(?:获评|荣获|获|授予|评为|被评为|命名为|认定为)[^，。；《》]{0,10}?(?P<prize>《[^《》]{2,40}》(?:荣誉)?(?:称号|奖项|奖|证书|认证|资质))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each name in 书名号 that is no work's."""
    for match in copy.finds(MISUSED) if "《" in copy.words else ():
        group = next((one for one in ("after", "prize", "body", "named", "doing", "licence") if match[one]), None)
        start, end = (match.start(group), copy.words.index("》", match.start(group)) + 1) if group else match.span()
        name = copy.words[start + 1 : end - 1]
        yield Mark(start, end, "书名号只用于作品、文件、报刊，会议、活动、称号用引"
                               "号", f"“{name}”") if group != "licence" else Mark(
            start, end, "证照的名称不用书名号", name)


RULE = Rule("title-marks-misused", Severity.WARNING, Copy, check, needs="《", cues=(MISUSED,))
