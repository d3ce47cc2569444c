"""What templates say when they are shown as examples; no person or firm of it exists."""

from typing import Final

from freckle.poster.design import Content, Pair

LAUNCH: Final = Content(
    kicker="New this spring",
    headline="Made for the long way home",
    subline="The Orbit jacket keeps rain out and lets warmth stay.",
    cta="See the collection",
    date="From 14 April",
    place="Orbit stores",
)
CONCERT: Final = Content(
    kicker="Live in concert",
    headline="Northern Lights",
    subline="An evening of strings and synthesizers",
    date="Friday 12 June, 8 pm",
    place="Harbor Hall, Pier 4",
)
TALK: Final = Content(
    kicker="Design week 2027",
    headline="What machines cannot see",
    subline="A talk on craft, light and looking twice",
    name="Mara Ellison",
    role="Photographer and editor",
    date="Thursday 3 June, 6:30 pm",
    place="Old Foundry, Hall B",
)
SHOW: Final = Content(
    headline="Faces of the quiet coast",
    subline="Photographs from eleven years at the sea",
    date="2 May – 30 August",
    place="Kunsthalle Westwing",
)
WEDDING: Final = Content(
    kicker="Save the date",
    headline="We are getting married",
    date="6 · 9 · 27",
    place="Villa Aurelia, three in the afternoon",
)
PROGRAM: Final = Content(
    headline="Long Night of Sound",
    date="Saturday 19 September",
    place="Gasworks Park",
    items=(
        Pair(text="Ilse Brandt Trio", beside="18:00"),
        Pair(text="Kofi & the Tide", beside="19:30"),
        Pair(text="Nova Serrano", beside="21:00"),
        Pair(text="Field Recordings", beside="22:45"),
    ),
)
SALE: Final = Content(
    price="−40 %",
    headline="The coat you wanted all winter",
    subline="On everything with a yellow label, while it lasts.",
    date="Until Sunday",
    cta="Shop the sale",
)
SALON: Final = Content(
    kicker="Salon Perle",
    headline="Cut, color, care",
    subline="Twenty percent off your first visit in May",
    date="Tuesday to Saturday",
    place="12 Rosegate, first floor",
)
QUOTE: Final = Content(
    headline="I stopped waiting for good light and learned to see the light there is.",
    name="Mara Ellison",
    role="Photographer",
)
PROFILE: Final = Content(
    kicker="Our people",
    name="Mara Ellison",
    role="Head of photography",
    body="Mara joined in 2019 and has since built a studio of six. She teaches every second "
    "Friday, answers letters by hand, and keeps a list of every north-facing window in town.",
    place="mara@example.com",
    link="https://example.com/mara",
)
TEAM: Final = Content(
    headline="The people behind it",
    subline="Eight hands, one studio",
    items=(
        Pair(text="Mara Ellison", beside="Photography"),
        Pair(text="Jonas Weld", beside="Editing"),
        Pair(text="Amina Sow", beside="Production"),
        Pair(text="Teo Lindqvist", beside="Light"),
    ),
)
BADGE: Final = Content(
    kicker="Design week 27",
    name="Mara Ellison",
    role="Speaker",
    place="Studio North",
    link="https://example.com/b/417",
)
PERSON: Final = Content(
    name="Mara Ellison", role="Portraits for people who hate photos", headline="example.com/mara"
)
STORY: Final = Content(
    kicker="Behind the scenes",
    headline="A day in the studio",
    subline="Twelve faces, one window, no hurry",
    cta="Watch now",
)
THUMB: Final = Content(
    kicker="Lesson 4", headline="Leave the pores alone", subline="Skin that stays skin"
)
MENU: Final = Content(
    kicker="Supper club",
    headline="Chez Mara",
    items=(
        Pair(text="Leeks in ash", beside="9", more="hazelnut, burnt butter"),
        Pair(text="Trout from the pond", beside="14", more="dill, green apple, rye"),
        Pair(text="Braised shoulder", beside="21", more="white beans, sage"),
        Pair(text="Risotto of the day", beside="17", more="ask us, it changes by noon"),
        Pair(text="Plum tart", beside="8", more="crème fraîche"),
    ),
)
COVER: Final = Content(
    name="Lumen",
    headline="The patience issue",
    subline="Slow portraits, long walks and the art of waiting for a face to settle",
    date="Nº 21",
    place="Spring 2027",
    price="€ 12",
)
