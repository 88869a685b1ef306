"use strict";
// 检索：数据在 search-data.js 里，不用服务器。几个词用空格隔开，都有的才算；标题里有的排在前面。
(function () {
  var records = window.SEARCH || [], form = document.querySelector("form"), box = document.getElementById("q");
  var list = document.getElementById("hits"), sum = document.getElementById("sum");
  function folded(text) { return text.toLowerCase(); }
  function marked(parent, text, words) {
    var low = folded(text), at = 0, same = low.length === text.length;
    while (same && at < text.length) {
      var next = -1, found = "";
      words.forEach(function (word) { var i = low.indexOf(word, at); if (i >= 0 && (next < 0 || i < next)) { next = i; found = word; } });
      if (next < 0) { break; }
      parent.append(text.slice(at, next));
      var mark = document.createElement("mark"); mark.textContent = text.slice(next, next + found.length); parent.append(mark);
      at = next + found.length;
    }
    parent.append(text.slice(at));
  }
  function search() {
    var words = folded(box.value).split(/\s+/).filter(Boolean);
    list.textContent = "";
    if (!words.length) { sum.textContent = "写一个或几个词，几个词之间空一格。"; return; }
    var hits = records.map(function (record) {
      var title = folded(record.t), body = folded(record.b);
      if (!words.every(function (word) { return title.includes(word) || body.includes(word); })) { return null; }
      return { record: record, weight: words.filter(function (word) { return title.includes(word); }).length };
    }).filter(Boolean).sort(function (a, b) { return b.weight - a.weight; });
    sum.textContent = hits.length ? "找到 " + hits.length + " 篇" + (hits.length > 50 ? "，列出前 50 篇" : "") : "没有找到“" + box.value + "”";
    hits.slice(0, 50).forEach(function (hit) {
      var item = document.createElement("li"), kind = document.createElement("p"), head = document.createElement("h2"), link = document.createElement("a"), text = document.createElement("p");
      kind.className = "k"; kind.textContent = hit.record.i + "　" + hit.record.s;
      link.href = hit.record.u; marked(link, hit.record.t, words); head.append(link);
      var body = hit.record.b, low = folded(body), first = Math.max(0, Math.min.apply(null, words.map(function (word) { var i = low.indexOf(word); return i < 0 ? Infinity : i; })) - 24);
      if (!isFinite(first)) { first = 0; }
      marked(text, (first ? "…" : "") + body.slice(first, first + 110) + (first + 110 < body.length ? "…" : ""), words);
      item.append(kind, head, text); list.append(item);
    });
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); if (window.history.replaceState && location.protocol !== "file:") { history.replaceState(null, "", "?q=" + encodeURIComponent(box.value)); } });
  box.addEventListener("input", search);
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; search(); }
})();
