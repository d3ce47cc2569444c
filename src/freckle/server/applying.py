"""Settings of one photo for many: each gets one step of its own history."""

from collections.abc import Mapping

from freckle.errors import FreckleError
from freckle.recipe.recipe import Recipe
from freckle.recipe.transfer import transferred
from freckle.server.problems import not_found, problem_of
from freckle.server.set_wire import ApplyAnswer, ApplyRequest, NotDone
from freckle.server.store import NewStep, Store, User
from freckle.studio.recipes import opened, parse


def applied(store: Store, user: User, photo_set: str, request: ApplyRequest) -> ApplyAnswer:
    """Apply a request's settings. Blocking. Raises `not_found`, `forbidden`, `RecipeError`."""
    inside = store.names_in_set(user, photo_set, "editor")
    source = opened(request.recipe)
    transferred(source, Recipe(), panels=request.panels, setting=request.setting)  # refuse once
    answer = ApplyAnswer(changed=[], same=[], failed=[])
    for project in dict.fromkeys(request.projects):
        try:
            if project not in inside:
                raise not_found("photo in this set")
            new = _applied(store, user, project, source, request)
            (answer.changed if new else answer.same).append(project)
        except FreckleError as error:
            answer.failed.append(_not_done(project, inside, error))
    return answer


def _applied(store: Store, user: User, project: str, source: Recipe, request: ApplyRequest) -> bool:
    """Apply to one photo; say whether that changed anything."""
    stored = store.project(user, project)
    onto = opened(stored.recipe)
    made = transferred(source, onto, panels=request.panels, setting=request.setting)
    if made == onto:
        return False
    recipe = parse(made.model_dump(mode="json"))
    store.append(user, project, NewStep(stored.revision, request.label, recipe))
    return True


def _not_done(project: str, names: Mapping[str, str], error: FreckleError) -> NotDone:
    problem = problem_of(error)
    name = names.get(project, "")
    return NotDone(project=project, name=name, message=problem.message, remedy=problem.remedy)
