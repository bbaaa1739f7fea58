# SPDX-License-Identifier: EUPL-1.2
"""Small changes to a function of ours, each of which breaks what it says."""

import ast
import gc
from copy import deepcopy
from dataclasses import dataclass
from types import CodeType, FunctionType

from tests.services import ROOT

COMPARISONS = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS = {ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add}
NAMES = {"no": "not_now", "not_now": "no", "any": "all", "all": "any", "min": "max", "max": "min"}
METHODS = {"filter": "exclude", "exclude": "filter"}
LOOKUPS = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}
CONDITIONS = {"filter", "exclude", "get", "Q"}
# what is said may say it otherwise; what is fetched together, sorted or locked changes no answer
WORDS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "format_html", "ValueError", "RuntimeError"}
SILENT = {"select_related", "prefetch_related", "order_by", "only", "defer", "select_for_update", "override", "debug"}
SAVED = {"update_fields", "batch_size", "ignore_conflicts", "flat"}


@dataclass(frozen=True)
class Change:
    """The change number ``index`` that can be made in a file: in which function and line, and what it is."""

    path: str
    function: str
    line: int
    index: int
    what: str

    def __str__(self):
        return f"{self.path}:{self.line} {self.function}: {self.what}"

    def concerning(self, _items, calls):
        return calls.get(f"{self.path}:{self.function}", [])

    def make(self):
        tree = _Changing(self.index).visit(_tree(self.path))
        replace(self.path, self.function, ast.fix_missing_locations(tree))


def replace(path, name, source):
    """Give a function of this process the body it has in another source of its file, wherever it is referred to."""
    code = _code_of(compile(source, str(ROOT / path), "exec"), name)
    place = (str(ROOT / path), name)
    functions = [one for one in gc.get_objects() if type(one) is FunctionType]  # lazy things are not to be asked
    found = [one for one in functions if (one.__code__.co_filename, one.__code__.co_qualname) == place]
    if not found or code is None:
        raise LookupError(f"{path}: no function {name} is loaded")
    for function in found:
        function.__code__ = code


def source_of(path, name):
    """The text of a file, and in it the text of one function."""
    whole, place = (ROOT / path).read_text(), name.replace("<locals>.", "").split(".")
    node = ast.parse(whole)
    for step in place:
        node = next(one for one in ast.walk(node) if getattr(one, "name", "") == step and one is not node)
    return whole, ast.get_source_segment(whole, node)


def changes_in(path):
    """Every change that can be made in this file."""
    walk = _Changing()
    walk.visit(_tree(path))
    return [Change(str(path), function, line, at, what) for at, (function, line, what) in enumerate(walk.found)]


def variants(node):
    """What could stand in place of this node, with words for it."""
    match node:
        case ast.If(orelse=[]):
            yield "guard left out", ast.Pass()
            yield "condition turned round", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.If() | ast.IfExp():
            yield "condition turned round", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.Expr(value=ast.Call()) | ast.Raise():
            if _name(getattr(node, "value", None)) not in SILENT:
                yield "left out", ast.Pass()
        case ast.Compare(ops=[operator]):
            yield f"{COMPARISONS[type(operator)].__name__}", _with(node, ops=[COMPARISONS[type(operator)]()])
        case ast.BoolOp(op=operator):
            other = ast.Or() if isinstance(operator, ast.And) else ast.And()
            yield type(other).__name__, _with(node, op=other)
        case ast.BinOp(op=operator) if type(operator) in OPERATORS and not _is_text(node.left, node.right):
            yield OPERATORS[type(operator)].__name__, _with(node, op=OPERATORS[type(operator)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield "not denied", node.operand
        case ast.Constant(value=bool(value)):
            yield str(not value), ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield str(value + 1), ast.Constant(value + 1)
        case ast.Call():
            yield from _variants_of_call(node)


def _variants_of_call(node):
    match node.func:
        case ast.Name(id=name) if name in NAMES:
            yield NAMES[name], _with(node, func=ast.Name(NAMES[name], ast.Load()))
        case ast.Attribute(attr=name) if name in METHODS and (node.args or node.keywords):
            yield METHODS[name], _with(node, func=_with(node.func, attr=METHODS[name]))
    if _name(node) in ("no", "not_now"):
        yield "yes", ast.Name("YES", ast.Load())
    if _name(node) in CONDITIONS:
        for at, keyword in enumerate(node.keywords):
            rest = node.keywords[:at] + node.keywords[at + 1 :]
            if rest or node.args:
                yield f"without {keyword.arg}", _with(node, keywords=rest)
            stem, _underscores, lookup = (keyword.arg or "").rpartition("__")
            if lookup in LOOKUPS:
                other = ast.keyword(f"{stem}__{LOOKUPS[lookup]}", keyword.value)
                yield f"{other.arg}", _with(node, keywords=[*rest, other])


def _with(node, **fields):
    changed = deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _name(node):
    return getattr(getattr(node, "func", None), "id", "") or getattr(getattr(node, "func", None), "attr", "")


def _is_text(*nodes):
    return any(isinstance(one, ast.JoinedStr) or isinstance(getattr(one, "value", 0), str) for one in nodes)


class _Changing(ast.NodeTransformer):
    """Walks over the functions of a file, notes every change that can be made, and makes the one asked for."""

    def __init__(self, wanted=None):
        self.wanted, self.found, self.around, self.function = wanted, [], [], ""

    def visit_ClassDef(self, node):
        return self._enter(node, "")

    def visit_FunctionDef(self, node):
        if self.function:
            return self._offer(node)
        return node if node.name.startswith("__") else self._enter(node, ".".join([*self.around, node.name]))

    def _enter(self, node, function):
        outer, self.function = self.function, function
        self.around.append(node.name)
        node.body = [self.visit(statement) for statement in node.body]
        self.around.pop()
        self.function = outer
        return node

    def visit(self, node):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            return super().visit(node)
        return self._offer(node) if self.function else node

    def _offer(self, node):
        for what, other in variants(node):
            self.found.append((self.function, node.lineno, f"{what}: {ast.unparse(node).splitlines()[0][:70]}"))
            if len(self.found) - 1 == self.wanted:
                return ast.copy_location(other, node)
        if isinstance(node, ast.JoinedStr) or _name(node) in WORDS:
            return node
        if isinstance(node, ast.keyword) and node.arg in SAVED:
            return node
        if isinstance(node, ast.Call) and _name(node) in SILENT:
            node.func = self.generic_visit(node.func)
            return node
        return self.generic_visit(node)


def _tree(path):
    return ast.parse((ROOT / path).read_text())


def _code_of(module, name):
    inner = [one for one in module.co_consts if isinstance(one, CodeType)]
    return next((one for one in inner if one.co_qualname == name), None) or next(
        filter(None, (_code_of(one, name) for one in inner)), None
    )
