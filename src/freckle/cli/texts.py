"""What `--help` says where it takes more than a few words."""

from typing import Final

EPILOG: Final = """exit codes: 0 done, 1 cancelled in the editor, 2 arguments or recipe not
understood, 3 photo cannot be opened, 4 result cannot be written, 5 some photos of a set failed,
70 a fault of freckle"""
BACKGROUND: Final = """Give the people of a photo another background. They themselves stay as
they are, to the bit; hair and edges are mixed with the new background in linear light. Without an
option the background is removed; `--clean` keeps it and takes creases, dust and uneven light away.
`freckle retouch --set background.…` does the same beside a retouch, and has sliders for the
edge."""
SHADOW: Final = "N[,SOFTNESS[,DISTANCE[,ANGLE]]]"
RETOUCH: Final = """Retouch a portrait. Without a preset or recipe the Natural preset is used. The
original is never written to, and what no tool touches is identical to the bit."""
EXPORT: Final = """Write one photo as several presets want it: shape with the face in its place,
size, color space, sharpness, metadata. Names are filled in: {name} of the photo, {preset}."""
UPSCALE: Final = """Make a photo larger, for print or screen: twice by default, at most four times.
What comes out reduces to the very photo that went in; no face is drawn anew."""
SET: Final = """a setting over the preset or recipe: smooth.amount=30, neck.smooth.amount=20 (face,
neck or body), lipstick.color=#a03040, nose_width.amount=-10, lock.natural=off; repeatable"""
PRESET: Final = """see `freckle presets`; `none` puts all sliders at 0; a second one, or one beside
--recipe, sets the panels that it has sliders of and leaves the others as they are; repeatable"""
STYLE: Final = """of a recipe made on another photo take what does the same to any: no marks, no
strokes, nobody's own settings but those of people whom --name calls the same"""
WHO: Final = "N|KEY|NAME"
PERSON: Final = """whom the --set after it are for: a number or key of `freckle inspect`, a name, or
all; what is set for a person replaces what everyone has"""
NAME: Final = """what somebody is called, as in --name 2=Anna; kept in the recipe; what a recipe
from another photo has for Anna is theirs; repeatable"""
INCLUDE: Final = """retouch a face that is left alone because it is small, turned away or perhaps
none; repeatable"""
ASSIGN: Final = """give what a recipe made on another photo has for one person to somebody here;
repeatable"""
BLOCKS: Final = """a JPEG keeps its own tables, and its coding to the bit where no pixel changed;
needs the extra 'blocks'"""
