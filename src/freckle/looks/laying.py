"""A look laid over a photo's own recipe: its tools are the look's then, all others stay."""

from freckle.recipe.recipe import Recipe, Step, in_order


def laid(recipe: Recipe, look: Recipe) -> Recipe:
    """Return a recipe with the look's steps in place of everyone's own of the same tools.

    The retouch, steps of single people, what is painted by hand, locks and people stay.
    """
    tools = {(step.edit.op, str(step.area)) for step in look.steps}
    kept = [step for step in recipe.steps if not _replaced(step, tools)]
    own = {_whose(step) for step in kept if step.person is not None}
    steps = (step for step in look.steps if _whose(step) not in own)
    return recipe.model_copy(update={"steps": in_order((*kept, *steps))})


def _whose(step: Step) -> tuple[str, str, str | None]:
    return step.edit.op, step.area, step.person


def _replaced(step: Step, tools: set[tuple[str, str]]) -> bool:
    everyone = step.person is None and step.mask is None
    return everyone and (step.edit.op, step.area) in tools
