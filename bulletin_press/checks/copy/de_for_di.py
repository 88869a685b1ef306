"""“的”“地”“得”用错了。

定语后用“的”，状语后用“地”，补语前用“得”。只指出前后都认得准的。

误：各部门要积极的推进了试点任务，稳步的扩大出口
误：外贸订单增长的很快，系统运行的十分平稳
误：秘书处按照计划，扎实的推进服务企业的各项工作，措施落实的扎实到位
误：参训人数最多地一次培训，功能齐全得展品
误：取得了丰硕地成果，呈现良好地发展态势
正：秘书处按照计划，扎实地推进服务企业的各项工作，措施落实得扎实到位
正：参训人数最多的一次培训，功能齐全的展品，种类丰富得多
正：积极地推进试点任务，增长得很快，丰硕的成果
正：发挥积极的推动作用，占有重要地位，服务的十分之一，来的很多
正：企业存在的很大困难，建立有效的推进机制，提供更好的服务，大量地下水，显著地提高
依据：《现代汉语词典》（第7版）“的”“地”“得”条；1984年《暂拟汉语教学语法系统简述》的分工。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.joins import joins
from bulletin_press.language.script import lazy

# Words that describe how something is done and, as a rule, no thing.
ADVERBS = ("稳步|大力|逐步|逐渐|日益|陆续|纷纷|切实|着力|悄悄|慢慢|渐渐|默默|不断|积极|认真|深入|扎实|迅速|快速|"
           "有效|有力|充分|广泛|主动|严格|"
           "顺利|成功|圆满|及时|准确|全面|科学|合理|热情|耐心|仔细|努力|更好|进一步|持续|系统|明显|显著|大幅|高效")
VERBS = ("推进|推动|促进|加快|加强|开展|完善|提升|提高|扩大|增强|落实|贯彻|执行|解决|利用|发挥|参与|参加|组织|"
         "实施|改善|优化|帮助|支持|引导|服务|"
         "满足|应对|防范|化解|完成|介绍|讲解|回答|听取|学习|研究|讨论|分析|了解|把握|运用|融入|拓展|打造|构建"
         "|建立|保护|保障|维护|降低|减少|缓解|"
         "挑选|核对|核实|检查|对待|记录|填写|倾听|观察|寻找|梳理|遵守|履行|走访|征求|收集|整理|筹备|"
         "反映|展示|宣传|做好|抓好|宣布|指出|表示|说明|推广")
NOUNS = ("作用|力量|力度|机制|方式|方法|措施|效果|意义|因素|态势|势头|政策|手段|路径|办法|者|性|工作|活动|任务|"
         "能力|水平|体系|方案|计划|要求|经验|"
         "模式|思路|途径|渠道|平台|团队|人员|成果|结果|情况|过程|制度|规划|空间|目标|策略|产品|项目|机构|企业"
         "|合作|措|条件|环境|动力|效应|功能|"
         "服务|保障|支撑|支持|意见|建议|精神|态度|数据|报告|和|与|及|、|，|。|；|”|的|是|在|为")
LATELY = lazy(rf"的(?P<verb>{VERBS})(?P<after>了|着|过|(?:和|与|并)?(?:{NOUNS})"
              rf"|[\u4e00-\u9fff]{{2}}(?:{NOUNS})?|$)")
ONLY = ("稳步", "大力", "逐步", "陆续", "纷纷", "切实", "着力", "悄悄", "渐渐", "进一步")
GOOD = ("详细|开心|高兴|愉快|热闹|精致|生动|全面|具体|仔细|认真|规范|干净|整齐|红火|"
        "快|慢|好|不错|顺利|平稳|成功|圆满|完美|到位|充分|清楚|明显|迅猛|扎实|彻底|及时|准确|出色|热烈|精彩|稳定|"
        "深入|细致|透彻|漂亮|高|低|严重|紧张")
DONE = ("讲解|讲授|演示|解释|阐释|解读|诠释|演绎|摆放|修剪|打理|照料|介绍|玩|听|看|吃|住|搞|长|打扫|收拾|布置"
        "|描述|阐述|总结|剖析|"
        "增长|发展|运行|运转|进行|进展|开展|完成|做|办|干|说|讲|写|走|跑|变|升|降|涨|跌|恢复|推进|落实|表现|准备|"
        "组织|安排|布置|处理|解决|执行|"
        "回升|下降|上升|增加|提高|改善|过|学|用|管|抓|讨论|研究|介绍")
RESULT = lazy(rf"的(?:又[\u4e00-\u9fff]又[\u4e00-\u9fff]|并?不(?:轻松|容易|顺利|理想|平坦|够好)|(?:很|非常|十分|极其"
              rf"|更加|格外|特别|相当|越来越|比较"
              rf"|更|最|较)(?:{GOOD})"
              r"|有声有色|井井有条|淋漓尽致|热火朝天|如火如荼|明明白白|清清楚楚|扎扎实实)(?=[，。；！？”）]|$)")
MODIFIERS = ("良好|重要|重大|丰硕|巨大|强大|优质|优良|优秀|宝贵|丰富|广阔|崭新|先进|坚实|雄厚|有利|不利|主要|关键|"
             "共同|美好|突出|可喜|骄人|"
             "高水平|高质量|具体|根本|鲜明|独特")
DI_FOR_DE = lazy(rf"(?:{ADVERBS})(?P<wrong>得)(?=(?:{VERBS}))")
# 要严格的执行财务制度: after 要, 应 there is no thing but something done.
MODAL = lazy(rf"(?<![需主重简只想首])(?:要|应当?|必须|须|将|能够|正在?)(?:更加?|继续|进一步"
             rf"|不断)?(?:{ADVERBS})(?P<wrong>的)"
             rf"(?=(?:{VERBS}|挑选|检查|核对|核实|对待|履行|遵守|做|办|抓|看待|回应|面对)(?!{NOUNS}|者"
             rf"|性)[\u4e00-\u9fff]{{2}})")
# 积极的向采购商介绍: before what is done to whom.
TOWARD = lazy("(?:积极|主动|热情|认真|耐心|仔细|努力|不断|迅速|及时|深入|详细|亲切|真诚|自觉|踊跃|有序|逐一"
              "|悉心)(?P<wrong>的)"
              "(?=(?:向[^，。；]{2,10}(?:介绍|汇报|反映|提供|宣传|推荐|讲解|展示|说明|征求|请教|靠拢)|为(?:会员"
        "|企业|客户|群众|来宾|参会)"
              "[^，。；]{0,8}(?:服务|讲解|提供|解答|解决|办理)))")
# ，扎实的推进计量服务的各项工作。: a clause that begins so has no other verb.
BEGUN = lazy(rf"(?<=[，；])(?:{ADVERBS})(?P<wrong>的)(?={VERBS}[^，。；的]{{2,14}}的(?:各项|有关|相关)?(?:工作"
        rf"|任务|措施|事项)[，。；])")
# 高兴的说: how it is said.
SAYING = lazy("(?:高兴|激动|自豪|感慨|欣慰|兴奋|骄傲|无奈|坚定|深情|动情|热情|风趣|幽默|诚恳|坦率|严肃|自信|谦虚"
              "|开心|愉快|欣喜|清醒|深刻|惊喜|惊讶|敏锐|深切|清楚|遗憾|由衷|微笑|笑呵呵|"
              "语重心长|斩钉截铁|深有感触|满怀信心|信心满满|意味深长|兴致勃勃|滔滔不绝|如数家珍)(?P<wrong>的)"
              "(?=(?:看到|认识到|感到|意识到|感受到|了解到|发现|指出|得知|说(?!法|明|辞|教|服|话|道)|告诉|谈起|谈到|"
              "讲起|握着|指着|看着|拉着)(?!的))")
# 变的清澈见底: what it becomes.
BECOME = lazy("(?<![转改演蜕嬗应突政事巨不多善质渐剧病千万在量])变(?P<wrong>的)(?=(?:更|越来越|十分|非常|日益|愈发|"
              "格外|清澈|美丽|宽敞|整洁|干净"
              "|漂亮|明亮|丰富|重要|复杂|简单|便捷|高效|强大|成熟|清晰|活跃|热闹|轻松|紧张|困难|模糊|透明)(?!的))")
# 写的好, 干的漂亮: at the end of a clause.
WELL = lazy("(?<![所])(?:比[^，。；]{1,5}来|写|做|干|讲|办|搞|学|唱|跳|画|管|教|跑|飞|走|建|打|睡|玩|卖|发展|增长"
        "|恢复|表现|处理"
            "|办理|完成|推进|进展|准备|组织|落实|执行|贯彻)(?P<wrong>的)"
            "(?=(?:(?:生动|细致|深刻|透彻|清楚|明白|仔细|热闹|红火|扎实){1,2}|(?:扎实|细致|周到|及时|严密|深入"
        "|具体)(?:到位|有效|有力|有序)|井井有条|津津有味|好|快|慢|早|晚|稳|透|准|细|实|深|牢|足|远|漂亮|精彩|不错"
        "|到位|顺利|出色|圆满)(?:[，。；！？”]|$))")
# 会员地服务机制: behind one who has something.
OWNER = lazy("(?:会员|企业|协会|行业|客户|用户|群众|公司|我们|他们|大家|政府|员工|单位|消费者|投资者|产品|学员"
             "|村民|市民|职工)(?P<wrong>地)"
             "(?![址处位理区方点块产铁域图面下段带标税价震质球皮基市级表盘形势貌主摊界支道板步名缘摄税籍政])"
             "(?=[\u4e00-\u9fff]{2,4})")
# 美丽地海滨城市: what is so does nothing so.
BEAUTIFUL = lazy("(?:美丽|富饶|繁华|辽阔|崭新|优美|宽敞|整洁|雄伟|壮观|巍峨|广袤|肥沃|炎热|寒冷|古老|年轻|著名"
                 "|知名|珍贵|昂贵|高大|优质)"
                 "(?P<wrong>地)(?=[\u4e00-\u9fff]{2,4}(?:[，。；、]|的|是|吸引|成为|迎来|位于|拥有|有))")
# 人数最多地一次; 功能齐全得展品.
COUNTED = lazy("最[\u4e00-\u9fff]{1,2}(?P<wrong>地)(?=[一两首几][次个家批届项年场])")
QUALITY = lazy("(?:齐全|丰富|完善|先进|精美|新颖|优美|优良|优质|独特|浓厚|热烈|良好|雄厚|便捷|整洁|崭新|广阔|丰硕"
        "|宝贵|重要|巨大|优秀|美好|难忘"
               "|显著|明显)(?P<wrong>得)(?=展品|产品|企业|服务|环境|设施|设备|技术|团队|人才|品种|商品|作品|课程"
        "|内容|活动|氛围|工艺|资源|市场"
               "|平台|功能|款式|菜品|成果|成绩|效果|经验|意见|作用|意义|实力|交通|气氛|掌声|文化|礼物|一[课天次])")
GREATEST = lazy("最(?:大|重要|主要|著名|先进|繁忙)(?P<wrong>地)(?![区方块])[\u4e00-\u9fff]{2,7}?"
                "(?:库|基地|企业|城市|港口?|市场|国家|平台|园区|公司|学校|医院|银行|项目|之一)(?=[，。；、”）]|$)")
THINGS = ("成果|成效|成绩|态势|意义|作用|基础|影响|环境|条件|机遇|挑战|问题|需求|优势|能力|水平|经验|前景|空间|"
          "局面|氛围|关系|贡献|举措|措施|保障|支撑|"
          "发展|市场|服务|合作|营商|国际|经济|社会|传统|特点|特色|技术|产品|资源|地位|实力|信誉|口碑|形象|反响"
          "|效果|目标|任务|内容|体验|愿景|生活|未来")
MODIFIED = lazy(rf"地(?:{THINGS})")
# 扎扎实实的推进, 切实的负起: an adverb of four, and verbs that take no 的 before them.
FOURFOLD = lazy(rf"(?P<a>[\u4e00-\u9fff])(?P=a)(?P<b>[\u4e00-\u9fff])(?P=b)(?P<wrong>的)"
                rf"(?=(?:{VERBS})(?!者|性|的))")
TAKEN = lazy(r"(?:切实|主动|自觉|勇敢|坚决|牢牢|紧紧|认真|踏实|坚定)(?P<wrong>的)"
             r"(?=(?:负|担|扛|挑|肩负|站|守|抓|把|握|走|迈|靠|树立)"
             r"(?:起|住|好|到|稳|牢|实|向|上|紧|在)(?!的))")
# 感受到沉甸甸地信任: what is felt or had is a thing.
# 踊跃的报名: at the end of a clause.
EAGERLY = lazy("(?:踊跃|自觉|争相)(?P<wrong>的)(?=(?:报名|响应|参与|参加|发言|抵制|遵守|接受)[，。；])")
HAD = lazy(r"(?:感受到|体会到|感到|收获了?|取得了?|具有|拥有|带来了?|赢得了?|获得了?|提供了?|迎来了?|有着|充满了?)"
             "(?:更加?|最|非常|十分|很)?"
           r"(?P<how>(?P<x>[\u4e00-\u9fff])?[\u4e00-\u9fff]{2})(?P<wrong>地)[\u4e00-\u9fff]{2}(?=[，。；！])")
BEFORE_DI, BEFORE_DE, BEFORE_THING = (tuple(words.split("|")) for words in (ADVERBS, DONE, MODIFIERS))


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 的, 地, 得 that stands for another."""
    text = copy.words
    told: set[int] = set()
    for match in copy.finds(LATELY):
        at = match.start()
        only = text.endswith(ONLY, 0, at)
        if (only or text.endswith(BEFORE_DI, 0, at)) and _is_done(match["after"], only):
            told.add(at)
            yield Mark(at, at + 1, f"“{match['verb']}”是动作，前面用“地”", "地")
    for match in copy.finds(RESULT):
        if text.endswith(BEFORE_DE, 0, match.start()):
            yield Mark(match.start(), match.start() + 1, "补语前面用“得”", "得")
    for match in copy.finds(DI_FOR_DE) if "得" in text else ():
        yield Mark(*match.span("wrong"), "后面是动作，前面用“地”", "地")
    for match in (*copy.finds(FOURFOLD), *copy.finds(TAKEN)) if "的" in text else ():
        yield Mark(*match.span("wrong"), "后面是动作，前面用“地”", "地")
    for match in (*copy.finds(MODAL), *copy.finds(SAYING), *copy.finds(EAGERLY),
                  *copy.finds(TOWARD), *copy.finds(BEGUN)) if "的" in text else ():
        if match.start("wrong") not in told:
            yield Mark(*match.span("wrong"), "后面是动作，前面用“地”", "地")
    for match in (*copy.finds(WELL), *copy.finds(BECOME)) if "的" in text else ():
        yield Mark(*match.span("wrong"), "补语前面用“得”", "得")
    for match in (*copy.finds(OWNER), *copy.finds(BEAUTIFUL)) if "地" in text else ():
        yield Mark(*match.span("wrong"), "后面是事物，前面用“的”", "的")
    for match in copy.finds(HAD) if "地" in text else ():
        at = match.start("wrong")
        known = MODIFIED.match(text, at) and text.endswith(BEFORE_THING, 0, at)
        if not known and not joins().joined(text[at - 1], "地") and not joins().joined("地", text[at + 1]):
            yield Mark(at, at + 1, "后面是事物，前面用“的”", "的")
    for match in (*copy.finds(GREATEST), *copy.finds(COUNTED)) if "地" in text else ():
        yield Mark(*match.span("wrong"), "后面是事物，前面用“的”", "的")
    for match in copy.finds(QUALITY) if "得" in text else ():
        yield Mark(*match.span("wrong"), "后面是事物，前面用“的”", "的")
    for match in copy.finds(MODIFIED):
        at = match.start()
        word = next((word for word in BEFORE_THING if text.endswith(word, 0, at)), None)
        if word and not text.endswith("更", 0, at - len(word)):
            yield Mark(at, at + 1, "后面是事物，前面用“的”", "的")


def _is_done(after: str, only: bool) -> bool:
    """Whether what follows a verb shows that it is one: 了, or what it is done to."""
    if after in ("了", "着", "过"):
        return True
    plain = tuple(NOUNS.split("|"))
    return not after.endswith(plain) and not after.startswith(plain) and len(after) == 2 if not only else \
        not after.startswith(plain)


RULE = Rule("de-for-di", Severity.WARNING, Copy, check,
            cues=(LATELY, RESULT, SAYING, BECOME, DI_FOR_DE, FOURFOLD, TAKEN, HAD, GREATEST, MODIFIED, BEAUTIFUL,
                  EAGERLY, MODAL, OWNER, TOWARD, WELL, COUNTED, QUALITY, BEGUN))
