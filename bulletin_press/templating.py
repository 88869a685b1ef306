"""Filling a theme's page template; what is wrong with one is said in Chinese, with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from bulletin_press.diagnostics import Finding, InputFault, PressError, Severity, Span
from bulletin_press.source import read_source

if TYPE_CHECKING:
    import jinja2

RULE = "template-syntax"
SUFFIX = ".j2"

# What Jinja says, and how to say it to a person; groups are put in their places.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"Encountered unknown tag '(\w+)'\..* looking for (?:the following tags: )?(.+?)\.(?: The innermost.*)?$",
     "这里应当先有 {1}，写的却是 {0}：前面的块还没有结束"),
    (r"Encountered unknown tag '(end\w+|else|elif)'.*", "{0} 多了，前面没有与它配对的块"),
    (r"Encountered unknown tag '(\w+)'.*", "没有“{0}”这种块"),
    (r"Unexpected end of template\. Jinja was looking for the following tags: (.+?)\. The innermost.*",
     "模板没有写完，还缺 {0}"),
    (r"unexpected end of template, expected '(.+?)'.*", "表达式没有写完，还缺 {0}"),
    (r"No filter named '(.+?)'.*", "没有“{0}”这个过滤器"),
    (r"No test named '(.+?)'.*", "没有“{0}”这种判断"),
    (r"expected token '(.+?)', got '(.+?)'", "这里应当是 {0}，写的却是 {1}"),
    (r"unexpected '(.+?)', expected '(.+?)'", "这里应当是 {1}，写的却是 {0}"),
    (r"unexpected '(.+?)'", "这里不该有 {0}"),
    (r"unexpected char (.+?) at \d+", "这里不该有 {0}"),
    (r"Expected an expression, got '(.+?)'", "这里缺一个表达式，写的却是 {0}"),
    (r"Missing end of comment tag", "注释没有结束，还缺 #}}"),
    (r"Missing end of raw directive", "raw 块没有结束，还缺 endraw"),
    (r"'(.+?)' is undefined", "没有“{0}”这个名称"),
    (r"'(.+?)' has no attribute '(.+?)'", "{0} 没有“{1}”这一项"),
    (r"Invalid character in identifier", "名称里有不能用的字符"),
    (r"tag name expected", "{{% 后面缺少块的名称"),
    (r"Block names in Jinja.*", "block 的名称只能用字母、数字和下划线，不能有连字符"),
    (r"Required blocks can only.*", "标了 required 的 block 里只能有注释和空白"),
    (r"Required block '(.+?)' not found", "缺少标了 required 的 block：{0}"),
    (r"names starting with an underline can not be imported", "以下划线开头的名称不能引入"),
    (r"non-default argument follows default argument", "没有默认值的参数要写在有默认值的前面"),
    (r"expected call", "这里要写一个宏的调用"),
    (r"(?:can't|Can't) assign to .*", "这个名称不能在这里赋值"),
    (r"expected name or number", "点后面要写名称或数"),
    (r"expected subscript expression", "方括号里缺一个表达式"),
    (r"invalid syntax for function call expression", "括号里的参数写得不对"),
    (r"You cannot chain multiple tests with is", "is 判断不能连着写两个"),
    (r"No (?:filter|test) named '(.+?)' found\.", "没有“{0}”这个过滤器或判断"),
    (r"block '(.+?)' defined twice", "block {0} 写了两次"),
    (r"(?:cannot use extend from a non top-level scope|extended multiple times).*", "extends 只能在模板开头写一次"),
    (r"The loop must have the 'recursive' marker.*", "循环要标上 recursive 才能调用自己"),
    (r"macro '(.+?)' .*", "宏 {0} 的参数不对"),
    (r"Range too big\..*", "range 的范围太大"),
    (r".* is not safely callable", "模板里不许调用它"),
    (r"chunk after expression", "表达式后面还有多余的内容"),
    (r"access to attribute '(.+?)' of '(.+?)' object is unsafe\.", "模板里不许用 {1} 的 {0}"),
)
_TERMS: tuple[tuple[str, str], ...] = (
    ("end of print statement", "}}"), ("end of statement block", "%}"), ("' or '", " 或 "),
    ("bulletin_press.document.", ""), ("bulletin_press.exhibits.", ""), (" object", ""),
)


def filled(environment: jinja2.Environment, name: str, **values: Any) -> str:
    """Fill a template.

    Args:
        environment: with a loader of files.
        name: the template.
        values: what it may name.

    Raises:
        InputFault: the template is missing or wrong, or asks for what there is not.
    """
    import jinja2

    try:
        return environment.get_template(name).render(**values)
    except PressError:  # of what the template called
        raise
    except jinja2.TemplateSyntaxError as error:
        file = error.filename or _path(environment, error.name or name)
        raise _fault(_worded(error.message or ""), file, error.lineno) from None
    except jinja2.TemplateNotFound as error:
        place = _place(error.__traceback__)
        message = f"找不到模板 {error.name}"
        raise (_fault(message, *place) if place else InputFault(f"{message}：{_folders(environment)} 里没有")) from None
    except UnicodeDecodeError:
        for path in _files(environment):
            read_source(path)  # says which one, where, and what to do
        raise InputFault("模板不是 UTF-8 编码") from None
    except jinja2.UndefinedError as error:
        raise _placed(_worded(error.message or ""), name, error) from None
    except RecursionError as error:
        raise _placed("模板里的宏一层套一层，没有尽头", name, error) from None
    except MemoryError:
        raise
    except Exception as error:
        raise _placed(_known(str(error)) or _uncounted(error), name, error) from None


def _worded(message: str) -> str:
    """Jinja's words in Chinese; that something is wrong, where they are not known."""
    return _known(message) or "这里的写法不对"


def _known(message: str) -> str | None:
    for pattern, words in _WORDS:
        if found := re.match(pattern, message, re.S):
            return words.format(*map(_said, found.groups()))
    return None


def _uncounted(error: Exception) -> str:
    """Why an expression came to nothing, by the kind of what Python says."""
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (ZeroDivisionError, "除数是零"), (KeyError, "没有这一项"), (IndexError, "没有这一项"),
        (AttributeError, "没有这一项"), (TypeError, "值的种类不能这样用"), (ValueError, "值不对"),
        (OverflowError, "数太大"), (ArithmeticError, "数不对"))
    words = next((words for kind, words in kinds if isinstance(error, kind)), "请检查这一行的表达式")
    return f"算不下去（{type(error).__name__}）：{words}"


def _said(group: str) -> str:
    for english, chinese in _TERMS:
        group = group.replace(english, chinese)
    return group if group == "'" else group.strip("'")


def _placed(message: str, name: str, error: Exception) -> InputFault:
    return _fault(message, *(_place(error.__traceback__) or (name, 1)))


def _fault(message: str, file: str, line: int) -> InputFault:
    span = Span(file, line, 1, line, 2)
    finding = Finding(RULE, Severity.ERROR, f"模板写错了：{message}", span)
    return InputFault(f"模板 {file} 第 {line} 行：{message}", [finding])


def _place(trace: TracebackType | None) -> tuple[str, int] | None:
    """The template and line that were being filled: Jinja makes its frames look like the templates'."""
    place = None
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(SUFFIX):
            place = file, trace.tb_lineno
        trace = trace.tb_next
    return place


def _search(environment: jinja2.Environment) -> Iterable[Path]:
    return (Path(folder) for folder in getattr(environment.loader, "searchpath", ()))


def _path(environment: jinja2.Environment, name: str) -> str:
    """Where a template lies: Jinja's lexer does not say."""
    return next((str(folder / name) for folder in _search(environment) if (folder / name).is_file()), name)


def _folders(environment: jinja2.Environment) -> str:
    return next((str(folder) for folder in _search(environment)), "")


def _files(environment: jinja2.Environment) -> Iterable[Path]:
    return (path for folder in _search(environment) for path in sorted(folder.glob(f"*{SUFFIX}")))
