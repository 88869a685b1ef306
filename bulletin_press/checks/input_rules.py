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
    "print-refused": (Severity.ERROR, """印刷厂会退回这个文件。

括号里是付印检查的规则（press preflight 同）。多半是自己的版式、图片里的颜色：照提示改；光看版面可加 --draft。"""),
    "mail-limit": (Severity.ERROR, """邮件太长，会被邮箱截断。

超过 100 KB 的，邮箱只显示前面一截。在 publication.toml 里写上 [site] address，邮件就只放每篇的第一段，全文指到网站。

误：没有 [site]，一期的全文有 130 KB
正：[site] address = "https://www.example.org/tongxun/" """),
    "wechat-limit": (Severity.ERROR, """超过公众号的限度。

一篇 20000 字、1 MB，标题 32 字。长的期自己分成几篇；一段就超过的要先分段。标题截断了的在公众号后台另拟。"""),
    "poster-limit": (Severity.ERROR, """做不成一图读懂，或切出来的一张太长。

没有月报也没有带标题的条目的期，没有可放的；一张高过宽的三倍，公众号会压得看不清，请在 [charts] 里关掉一两幅图。"""),
    UNKNOWN_RULE: (Severity.WARNING, """[allow] 或 [rules] 里的规则名不认识，或这条规则不能放行。

运行 press explain 列出全部规则。"""),
    UNUSED_WAIVER: (Severity.INFO, """[allow] 里有一条没有用上。

提醒已经不再出现，这一条可以删去。"""),
}
