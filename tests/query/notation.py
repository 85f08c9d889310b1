"""A tree in a notation that a person reads, made without the printer: `and(lachin, title(corridor))`."""

from __future__ import annotations

from searcher.query import tree


def notation(node: tree.Node) -> str:
    match node:
        case tree.Word(text=text):
            return text if text.isalnum() else f"word({text})"
        case tree.Phrase(text=text):
            return f'"{text}"'
        case tree.Exact(text=text):
            return f"exact({text})"
        case tree.Wildcard(pattern=pattern):
            return f"wild({pattern})"
        case tree.Regex(pattern=pattern):
            return f"regex({pattern})"
        case tree.Fuzzy(text=text, distance=distance):
            return f"fuzzy/{distance}({text})"
        case tree.Near(operands=operands, distance=distance, ordered=ordered):
            return f"{'adj' if ordered else 'near'}/{distance}({_list(operands)})"
        case tree.In(field=field, node=inner):
            return f"{field}({notation(inner)})"
        case tree.DateRange(field=field, first=first, last=last):
            return f"{field}({first or ''}..{last or ''})"
        case tree.Undated():
            return "undated"
        case tree.And(parts=parts):
            return f"and({_list(parts)})"
        case tree.Or(parts=parts):
            return f"or({_list(parts)})"
        case tree.Not(node=inner):
            return f"not({notation(inner)})"
        case tree.Boost(node=inner, factor=factor):
            return f"boost/{factor:g}({notation(inner)})"
        case tree.Nothing():
            return "nothing"
        case tree.Everything():
            return "everything"


def _list(nodes: tuple[tree.Node, ...]) -> str:
    return ", ".join(map(notation, nodes))
