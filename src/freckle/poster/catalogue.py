"""The list of templates, by family."""

from typing import Final

from freckle.errors import RecipeError
from freckle.poster import samples
from freckle.poster.templates import cover, cutout, framed, lists, over, split
from freckle.poster.templates import template as t
from freckle.poster.templates.template import Template
from freckle.recipe.values import near

TEMPLATES: Final = (
    # launch
    Template("launch", "Launch", "launch", "A block of color, a heavy headline, a button.",
             "portrait", t.COBALT, t.MODERN, samples.LAUNCH, split.launch),
    Template("launch-sun", "Sun", "launch", "The person before a large disc.",
             "portrait", t.MIDNIGHT, t.PLAIN, samples.LAUNCH, cutout.sun, cutout=True),
    Template("launch-grid", "Grid", "launch", "A strict grid, the picture in gray.",
             "a3", t.SIGNAL, t.PLAIN, samples.LAUNCH, framed.swiss),
    # event
    Template("event-night", "Night", "event", "A concert: one loud headline under the face.",
             "a3", t.MIDNIGHT, t.LOUD, samples.CONCERT, over.night),
    Template("event-letters", "Letters", "event", "A headline across, the person before it.",
             "a2", t.MIDNIGHT, t.LOUD, samples.CONCERT, cutout.before_letters, cutout=True),
    Template("event-two-tone", "Two tone", "event", "Color above, the picture in two tones below.",
             "a3", t.LEMON, t.NARROW, samples.CONCERT, split.two_tone),
    Template("event-duotone", "Duotone", "event", "The picture in two tones, words over the head.",
             "a3", t.PLUM, t.MODERN, samples.TALK, over.headline_above),
    Template("event-gallery", "Gallery", "event", "An exhibition: much paper, one picture.",
             "a2", t.SAND, t.FINE, samples.SHOW, framed.gallery),
    Template("event-invitation", "Invitation", "event", "Save the date, in letters like on paper.",
             "a5", t.ROSE, t.EDITORIAL, samples.WEDDING, over.invitation),
    Template("event-program", "Program", "event", "Hours and names beside the headliner.",
             "a4", t.LEMON, t.NARROW, samples.PROGRAM, lists.program),
    # sale
    Template("sale-number", "Number", "sale", "A number as large as the sheet.",
             "portrait", t.LEMON, t.LOUD, samples.SALE, cutout.price, cutout=True),
    Template("sale-window", "Shop window", "sale", "A thin line, an arch, centered letters.",
             "a4", t.ROSE, t.EDITORIAL, samples.SALON, framed.window),
    # quote
    Template("quote-face", "Face", "quote", "A quote over a gray portrait.",
             "portrait", t.SIGNAL, t.FINE, samples.QUOTE, over.spoken),
    Template("quote-paper", "Paper", "quote", "A quote on soft paper beside the person.",
             "post", t.CLAY, t.BOOK, samples.QUOTE, split.voice),
    Template("quote-medal", "Medal", "quote", "A round portrait and large letters on color.",
             "post", t.TEAL, t.MODERN, samples.QUOTE, framed.medal),
    # team
    Template("team-profile", "Profile", "team", "Who, what, and a few lines.",
             "a4", t.MOSS, t.EDITORIAL, samples.PROFILE, split.profile),
    Template("team-page", "Team page", "team", "As many faces as there are portraits.",
             "a4", t.TEAL, t.PLAIN, samples.TEAM, lists.team),
    Template("team-badge", "Badge", "team", "A badge: face, large name, role, code.",
             "badge", t.COBALT, t.PLAIN, samples.BADGE, framed.badge),
    # speaker
    Template("speaker-arch", "Arch", "speaker", "The speaker under an arch, title and hour.",
             "portrait", t.PLUM, t.PLAIN, samples.TALK, split.speaker, cutout=True),
    Template("speaker-card", "Card", "speaker", "A fine portrait with name and talk.",
             "post", t.MOSS, t.FINE, samples.TALK, split.talk),
    # banner
    Template("banner-strip", "Strip", "banner", "Name and line, the person at the right.",
             "banner", t.COBALT, t.MODERN, samples.PERSON, cutout.strip, cutout=True),
    Template("banner-photo", "Photo", "banner", "A name over the photo's quiet side.",
             "header", t.MIDNIGHT, t.EDITORIAL, samples.PERSON, over.name_line),
    # story
    Template("story-still", "Still", "story", "Few words, centered, fine letters.",
             "story", t.CLAY, t.FINE, samples.STORY, over.still),
    Template("story-pop", "Pop", "story", "Heavy letters, a slanted field, the person large.",
             "story", t.MIDNIGHT, t.BLOCK, samples.THUMB, cutout.pop, cutout=True),
    # thumbnail
    Template("thumbnail-pop", "Pop", "thumbnail", "Few heavy words, the person large.",
             "thumbnail", t.LEMON, t.LOUD, samples.THUMB, cutout.pop, cutout=True),
    Template("thumbnail-half", "Half", "thumbnail", "The face in one half, words in the other.",
             "thumbnail", t.MIDNIGHT, t.NARROW, samples.THUMB, split.face_to_face),
    # menu
    Template("menu-bistro", "Bistro", "menu", "The cook above, dishes and prices on paper.",
             "a4", t.CLAY, t.EDITORIAL, samples.MENU, lists.menu),
    # magazine
    Template("magazine-cover", "Cover", "magazine", "The title behind the head, lines at the foot.",
             "a4", t.SIGNAL, t.NARROW, samples.COVER, cover.masthead),
    Template("magazine-quarterly", "Quarterly", "magazine", "A quiet cover with paper all around.",
             "a4", t.SAND, t.EDITORIAL, samples.COVER, cover.quarterly),
)  # fmt: skip
BY_NAME: Final = {each.name: each for each in TEMPLATES}


def template(name: str) -> Template:
    """Return the template of a name. Raises `RecipeError`."""
    if name not in BY_NAME:
        raise RecipeError(f"There is no template {name!r}.", near(name, BY_NAME, "Templates"))
    return BY_NAME[name]
