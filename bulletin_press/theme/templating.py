"""Filling a theme's page template; what is wrong with one is said in Chinese, with its file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from bulletin_press.ground.budget import Spent
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError, Severity, Span
from bulletin_press.theme.compiled_templates import COMPILED_TEMPLATES
from bulletin_press.toml.positions import template_source

if TYPE_CHECKING:
    import jinja2

RULE = "template-syntax"
SUFFIX = ".j2"
# A page of HTML, characters: the longest issue that is set comes to some three million.
MOST_OUTPUT = 20_000_000
_SHOWN = 80

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
    (r"cannot assign attribute on non-namespace object", "只有 namespace(…) 的各项可以用 set 改，别的不能改"),
    (r"too many (?:statically nested blocks|levels of indentation).*", "for、if 套得太深"),
    (r"unsupported operand type.*|can only concatenate .*|can't multiply sequence.*|'[^']+' not supported between .*",
     "值的种类不能这样用"),
    (r".* has no element .*|No (?:first|last) item, sequence was empty\.|No random item.*", "没有这一项"),
    (r"(?:block|unsupported|cyclic) .*|.*too complex.*|.*too many nested parentheses.*", "写得太复杂，请拆开写"),
)
_TERMS: tuple[tuple[str, str], ...] = (
    ("end of print statement", "}}"), ("end of statement block", "%}"), ("' or '", " 或 "),
    ("bulletin_press.document.tree.", ""), ("bulletin_press.document.exhibits.", ""), (" object", ""),
)


@dataclass(frozen=True)
class TemplateFolder:
    """A folder that templates are looked for in, and the template folder that it belongs to."""

    path: Path
    root: Path


def environment_of(folders: Sequence[TemplateFolder], views: Mapping[type, Collection[str]],
                   functions: Mapping[str, Any]) -> jinja2.Environment:
    """An environment that reads templates from some folders and nowhere else.

    Args:
        folders: the one that wins first.
        views: types that templates may see beside plain data, each with its attributes.
        functions: what templates may call.
    """
    # Late: ``press check`` fills no template.
    import jinja2

    from bulletin_press.theme.sandbox import Sandbox

    def found(name: str) -> tuple[str, str, None] | None:
        path = _path(folders, name)
        if path is None:
            return None
        source = template_source(path, next(one.root for one in folders if path.is_relative_to(one.path)))
        return source.text, str(path), None

    environment = Sandbox(views, functions, loader=jinja2.FunctionLoader(found))
    # One of Jinja's own would write files.
    environment.bytecode_cache = COMPILED_TEMPLATES  # type: ignore[assignment]
    return environment


def filled(environment: jinja2.Environment, name: str, folders: Sequence[TemplateFolder],
           values: Mapping[str, Any]) -> str:
    """Fill a template.

    Args:
        environment: made by ``environment_of``.
        name: the template.
        folders: those that the environment was made with.
        values: what it may name.

    Raises:
        InputFault: the template is missing or wrong, asks for what there is not or must not be had, or does
            not come to an end.
    """
    import jinja2

    from bulletin_press.theme.weighing import TooLarge, Unprintable

    page = str(_path(folders, name) or name)
    try:
        return _written(environment.get_template(name), values)
    except PressError as error:  # of what the template called
        if isinstance(error, InputFault) and not error.findings and _place(error.__traceback__):
            raise _placed(str(error), page, error) from None
        raise
    except Spent as spent:
        raise _placed("跑得太久，或用的内存太多：多半是循环套着循环，没有尽头", page, spent) from None
    except (TooLarge, Unprintable) as error:
        raise _placed(str(error), page, error) from None
    except jinja2.TemplateSyntaxError as error:
        # Jinja's lexer gives the file for the name.
        file = error.filename or error.name or page
        raise _fault(_worded(error.message or ""), file, error.lineno) from None
    except jinja2.TemplateNotFound as error:
        place = _place(error.__traceback__)
        message = f"找不到模板 {_line(str(error.name or ''))}"
        raise (_fault(message, *place) if place else InputFault(f"{message}：{folders[0].path} 里没有")) from None
    except jinja2.UndefinedError as error:
        raise _placed(_worded(error.message or ""), page, error) from None
    except (RecursionError, MemoryError) as error:
        raise _placed("模板里的宏、include 或括号一层套一层，没有尽头", page, error) from None
    except SyntaxError as error:  # Python's, of what Jinja made of the template
        raise _placed(_worded(error.msg), page, error) from None
    except Exception as error:
        said = _line(str(error))
        raise _placed(_known(said) or _uncounted(error), page, error) from None


def _written(template: jinja2.Template, values: Mapping[str, Any]) -> str:
    from bulletin_press.theme.weighing import TooLarge

    parts, size = list[str](), 0
    for part in template.generate(values):
        parts.append(part)
        size += len(part)
        if size > MOST_OUTPUT:
            raise TooLarge(f"写出来的页面超过 {MOST_OUTPUT // 1_000_000} MB，太大了")
    return "".join(parts)


def _line(text: str) -> str:
    """A text of somebody else's, fit to stand in a line of a message."""
    return "".join(char if char.isprintable() else "�" for char in text[:_SHOWN]) + "…" * (len(text) > _SHOWN)


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
    return f"算不下去：{words}"


def _said(group: str) -> str:
    for english, chinese in _TERMS:
        group = group.replace(english, chinese)
    return group if group == "'" else group.strip("'")


def _placed(message: str, file: str, error: BaseException) -> InputFault:
    return _fault(message, *(_place(error.__traceback__) or (file, 1)))


def _fault(message: str, file: str, line: int) -> InputFault:
    span = Span(file, line, 1, line, 2)
    finding = Finding(RULE, Severity.ERROR, f"模板写错了：{message}", span)
    return InputFault(f"模板 {file} 第 {line} 行：{message}", [finding])


def _place(trace: TracebackType | None) -> tuple[str, int] | None:
    """The template and line that were being filled: Jinja makes its frames look like the templates'."""
    place = None
    while trace:
        file, template = trace.tb_frame.f_code.co_filename, trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:  # only of what is an ``Exception`` does Jinja change the frames
            place = file, template.get_corresponding_lineno(trace.tb_lineno)
        elif file.endswith(SUFFIX):
            place = file, trace.tb_lineno
        trace = trace.tb_next
    return place


def _path(folders: Sequence[TemplateFolder], name: str) -> Path | None:
    """Where a template lies; None where it lies in no folder, or is asked for by a way out of them."""
    if not name.isprintable() or "\\" in name or any(part in ("", ".", "..") for part in name.split("/")):
        return None
    for folder in folders:
        path = folder.path / name
        try:
            if path.is_file() or path.is_symlink():
                return path
        except OSError:  # a name too long
            continue
    return None
