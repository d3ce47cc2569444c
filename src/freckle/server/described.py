"""JSON that the engine reads by a model of its own, described by that model to everybody else."""

from typing import Any, Final

from pydantic import BaseModel, WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema

from freckle.recipe.recipe import Recipe

MODELS: Final[tuple[type[BaseModel], ...]] = (Recipe,)
REFERENCE: Final = "#/components/schemas/{model}"
MARK: Final = "x-model"


def by_model(model: type[BaseModel]) -> WithJsonSchema:
    """Annotate a dictionary as JSON of one of `MODELS`."""
    return WithJsonSchema({"type": "object", MARK: model.__name__})


def with_models(description: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI description in which annotated places refer to their models."""
    linked: dict[str, Any] = _linked(description)
    schemas = linked["components"]["schemas"]
    for model in MODELS:
        own = model.model_json_schema(
            ref_template=REFERENCE, mode="serialization", schema_generator=_Complete
        )
        schemas |= own.pop("$defs", {})
        schemas[model.__name__] = own
    return linked


class _Complete(GenerateJsonSchema):
    """What is sent holds every field, also those that have a default."""

    def field_is_required(self, *_: Any, **__: Any) -> bool:
        return True


def _linked(part: Any) -> Any:
    if isinstance(part, dict):
        if MARK in part:
            return {"$ref": REFERENCE.format(model=part[MARK])}
        return {key: _linked(value) for key, value in part.items()}
    return [_linked(each) for each in part] if isinstance(part, list) else part
