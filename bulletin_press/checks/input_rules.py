"""What is found in reading a file, and by the engine itself: no rule files, and no waiving."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_press.ground.diagnostics import Severity

UNKNOWN_RULE, UNUSED_WAIVER = "unknown-rule", "unused-waiver"

# By name: the severity, and what it means.
INPUT_RULES: Mapping[str, tuple[Severity, str]] = {
    "encoding": (Severity.ERROR, """文件不是 UTF-8 编码。

GBK 文件用 press convert 转换；其他编码用原来的软件另存为 UTF-8。"""),
    "toml-syntax": (Severity.ERROR, """写法不合 TOML。

多见于全角的等号、引号、逗号，没有配对的引号和括号，忘了 '''，数字带了单位、百分号或千分位逗号。

误：total ＝ “405，832.99”
正：total = 405832.99"""),
    "duplicate-key": (Severity.ERROR, """同一个键或同一节写了两次。

删去一处；要写第二条新闻，用双方括号 [[news]]。"""),
    "unknown-key": (Severity.ERROR, """没有这个键。

多半是拼错了，看建议；说明文字请放在 # 后面。

误：titel = "标题"
正：title = "标题" """),
    "missing-key": (Severity.ERROR, """缺少必填的键。

例如每则新闻都要有 title 和 body。"""),
    "wrong-type": (Severity.ERROR, """值的种类不对。

文字要加引号，数字和日期不加。

误：date = "2022-08-26"
正：date = 2022-08-26"""),
    "wrong-value": (Severity.ERROR, """值不在允许的范围之内。

按提示改正。"""),
    "template-syntax": (Severity.ERROR, """版式的模板写错了。

看提示里的文件和行：花括号要成对，{% if %} 要有 {% endif %}，名称要写对。随附的版式可以对照着改。

误：{{ document.titel }}
正：{{ document.title }}"""),
    "theme-fails": (Severity.ERROR, """版式的页面排不出来。

样式表或模板里有排版引擎不支持的写法，或没有尽头的写法（一直翻页、一直变大）。从最近改的地方查起；
版式是别人给的，先换成随附的版式，看一期本身有没有问题。"""),
    UNKNOWN_RULE: (Severity.WARNING, """[allow] 或 [rules] 里的规则名不认识，或这条规则不能放行。

运行 press explain 列出全部规则。"""),
    UNUSED_WAIVER: (Severity.INFO, """[allow] 里有一条没有用上。

提醒已经不再出现，这一条可以删去。"""),
}
