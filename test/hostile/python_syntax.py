"""Reads Python files as JSON from stdin and prints their syntax without the contents of literals and comments."""

import ast
import io
import json
import re
import sys
import tokenize

DIRECTIVE = re.compile(
    r"#+\s*(type\s*:|pyright\s*:|mypy\s*:|ruff\s*:|noqa|fmt\s*:|yapf\s*:|isort\s*:|nosec|pragma\s*:|-\*-|pylint\s*:)", re.IGNORECASE
)


def is_docstring(node: object) -> bool:
    """Text that stands alone is a comment."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def shape(node: object) -> str:
    """One line for a node: its type and its parts."""
    if isinstance(node, ast.Constant):
        return f"literal:{type(node.value).__name__}"
    if isinstance(node, ast.AST):
        parts = (f"{name}={shape(value)}" for name, value in ast.iter_fields(node) if name != "kind")
        return f"{type(node).__name__}({' '.join(parts)})"
    if isinstance(node, list):
        return f"[{' '.join(shape(item) for item in node if not is_docstring(item))}]"
    return str(node)


def syntax(text: str) -> dict[str, list[str]]:
    """The statements of a module, and the comments that a tool would obey."""
    comments = [
        token.string for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT
    ]
    return {
        "statements": [shape(statement) for statement in ast.parse(text).body if not is_docstring(statement)],
        "directives": [comment for comment in comments if DIRECTIVE.match(comment)],
    }


sys.stdin.reconfigure(encoding="utf-8")
files: dict[str, str] = json.load(sys.stdin)
print(json.dumps({path: syntax(text) for path, text in files.items()}))
