"""Models whose fields are described by the strings under them.

pydantic can do that itself (`use_attribute_docstrings`), but reads the source of every class when
it is made: a tenth of a second at each start, for words that only the editor, `freckle ops` and the
documentation show.
"""

import ast
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc, getsource
from itertools import pairwise
from textwrap import dedent
from threading import Lock
from typing import Final, cast

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

_READING: Final = Lock()
"""Python 3.11 counts how deep it parses for all threads together, and fails when two do."""


class Described(BaseModel):
    """A model whose JSON schema says what the string under each field does."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe each field; the source is read only now that somebody asks."""
        found = handler(core_schema)
        described = handler.resolve_ref_schema(found)["properties"]
        models = [one for one in cls.__mro__ if issubclass(one, Described) and one is not Described]
        for model in reversed(models):
            for name, text in strings_under(model).items():
                described[name]["description"] = text
        return found


@cache
def strings_under(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the string under each field in the source of a class, by the field's name."""
    with _READING:
        body = cast("ast.ClassDef", ast.parse(dedent(getsource(model))).body[0]).body
    return {
        field.target.id: cleandoc(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
