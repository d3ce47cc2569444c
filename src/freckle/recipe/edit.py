"""The sliders of a step: the params of whichever op of the catalogue it names."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Final

from pydantic import Field, GetPydanticSchema

from freckle.ops.catalogue import CATALOGUE
from freckle.ops.op import Params

_ANY: Final[Any] = reduce(or_, (op.params for op in CATALOGUE))
_BY_NAME: Final[Any] = Annotated[_ANY, Field(discriminator="op")]

Edit = Annotated[Params, GetPydanticSchema(lambda _, handler: handler.generate_schema(_BY_NAME))]
"""To pydantic the params of any op, told apart by `op`; to type checkers just params."""
