"""Random mixtures of what an issue may hold."""

from hypothesis import strategies as st

PIECES = [
    "中", "国", "数字经济", "万", "年", "月", "亿元", "个", "𠀀", "𠮷", "〇", "々",
    "，", "。", "、", "；", "：", "？", "！", "（", "）", "《", "》", "“", "”", "‘", "’", "【",
    "】", "——", "……", "—", "…", "·", "～", "–", "／", "％", "‰", "℃", "￥", "①", "▲",
    "かな", "カタカナー", "ッ", "が", "😀", "👨‍👩‍👧", "🇨🇳", "👍🏽", "e\u0301", "à", "️",
    "2022", "238.15%", "1—5", "10–20", "-3.5", "5G", "RCEP", "Digital Economy", "don’t",
    "a.b@c-d.cn", "https://www.example.com/a/b?c=d&e=f_g-h", "A" * 40, "(x)", "[1]", "C++", "Ω",
    "m³", "CO₂", "≤65%", "－3%", "第12条", "Dr. Wang", "10 000", "internationalization", "state-of-the-art",
    " ", " ", " ", "\u00a0", "\u3000", "\u200b", "\u00ad", "\n",
]  # fmt: skip

mixtures = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join)
anything = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60
)
