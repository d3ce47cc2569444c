"""Names for the 478 points of the face mesh: the published topology, grouped.

Sides are the **person's**: `RIGHT_EYE` is on the left of an upright, unmirrored picture. So a name
stays true when the photo is turned. Outlines are closed polygons, in order.
"""

# fmt: off
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)
"""Hairline, cheeks and chin; the mesh ends here."""
LIPS_OUTER = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
)
LIPS_INNER = (
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191,
)
"""Edge of the mouth's opening; an empty area when the mouth is closed."""
RIGHT_EYE = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
"""Edge of the lids from the outer corner along the lower lid to the inner one and back."""
LEFT_EYE = (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466)
RIGHT_BROW = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46)
"""Upper edge from the tail to the head of the brow, then the lower edge back."""
LEFT_BROW = (300, 293, 334, 296, 336, 285, 295, 282, 283, 276)
RIGHT_IRIS = (469, 470, 471, 472)
"""Four points on the iris' rim."""
LEFT_IRIS = (474, 475, 476, 477)
NOSE_BRIDGE = (168, 6, 197, 195, 5, 4)
"""From between the eyes down to the tip; a line."""
NOSE = (
    168, 122, 196, 236, 198, 209, 49, 64, 98, 97, 2, 326, 327, 294, 279, 429, 420, 456, 419, 351,
)
"""The nose with its wings."""
# fmt: on
RIGHT_PUPIL = 468
LEFT_PUPIL = 473
NOSE_TIP = 4
CHIN = 152
FOREHEAD = 10
"""The middle of the upper end of the oval: near the hairline, below it."""
RIGHT_CHEEKBONE = 234
LEFT_CHEEKBONE = 454
RIGHT_EYE_CORNERS = (33, 133)
"""Outer, inner."""
LEFT_EYE_CORNERS = (263, 362)
MOUTH_CORNERS = (61, 291)
"""Right, left."""
CHEEKS = (
    (117, 118, 101, 36, 206, 207, 187, 123),
    (346, 347, 330, 266, 426, 427, 411, 352),
)
"""Right and left cheek below the eye and beside the mouth."""
BROW_CENTER = (109, 10, 338, 337, 151, 108)
"""The middle of the forehead."""
NOSTRILS = (
    (60, 75, 79, 166, 20, 238, 239, 241, 242),
    (290, 305, 309, 392, 250, 458, 459, 461, 462),
)
WING_CREASES = ((198, 49, 129, 98), (420, 279, 358, 327))
"""Where the nose's wings meet the cheeks, from above down to the lip; lines."""
JAW = (132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361)
"""The lower edge of the face from the right ear over the chin to the left."""
BEARD = (
    132,
    58,
    172,
    136,
    150,
    149,
    176,
    148,
    152,
    377,
    400,
    378,
    379,
    365,
    397,
    288,
    361,
    411,
    326,
    2,
    97,
    187,
)
"""Where a beard can grow on the face: a group for a convex hull."""
UNDER_EYES = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 243, 128, 121, 120, 119, 118, 117, 111, 35, 226),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 463, 357, 350, 349, 348, 347, 346, 340, 265, 446),
)
"""From the lower lid down to the cheekbone: where skin folds along the eyes' line."""
FROWN = (107, 55, 168, 285, 336, 151)
CROWS_FEET = (
    (130, 226, 31, 228, 111, 116, 227, 34, 139, 156, 124, 113),
    (359, 446, 261, 448, 340, 345, 447, 264, 368, 383, 353, 342),
)
SMILE_LINES = (
    (129, 142, 36, 205, 207, 214, 212, 57, 186, 92, 165),
    (358, 371, 266, 425, 427, 434, 432, 287, 410, 322, 391),
)
"""Around the fold from the nose's wing past the corner of the mouth."""
