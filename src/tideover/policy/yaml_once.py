"""YAML in which no key may be told twice: two values for one first day would contradict."""

from collections.abc import Hashable, Iterator

import yaml

__all__ = ["read_once"]

# CSafeLoader is absent where PyYAML was built without libyaml.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_once(text: str) -> tuple[object, tuple[str, ...]]:
    """Return what `text` holds, and what is wrong with it as YAML: a key told twice, or no YAML."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, ()
        return loader.construct_document(node), tuple(_twice(node))
    except yaml.YAMLError as error:
        return None, (f"is not YAML: {' '.join(str(error).split())}",)
    finally:
        loader.dispose()


def _twice(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _twice(entry)
    elif isinstance(node, yaml.MappingNode):
        seen: dict[Hashable, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                yield f"line {line}: {key.value} is told already on line {seen[key.value]}"
            seen.setdefault(key.value, line)
            yield from _twice(value)
