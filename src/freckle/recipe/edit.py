"""The sliders of a step: the params of whichever op of the catalogue it names."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Final

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from freckle.ops.catalogue import CATALOGUE
from freckle.ops.op import Params


class _ByName:
    """The params of any op, told apart by `op`; an op's are checked by its own model.

    What checks all ops at once takes a tenth of a start to make, and a recipe names a few.
    """

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        choices: dict[Any, CoreSchema] = {
            op.name: core_schema.no_info_plain_validator_function(op.params.model_validate)
            for op in CATALOGUE
        }
        written = core_schema.simple_ser_schema("any")  # each by its own model
        return core_schema.tagged_union_schema(choices, discriminator="op", serialization=written)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        every: Any = reduce(or_, (op.params for op in CATALOGUE))
        whole: Any = Annotated[every, Field(discriminator="op")]
        return handler(TypeAdapter(whole).core_schema)


_BY_NAME: Final = _ByName()
Edit = Annotated[Params, _BY_NAME]
"""To pydantic the params of any op, told apart by `op`; to type checkers just params."""
