"""Make the files that the codec's tests open: profiles, EXIF blocks, pictures."""

import io
import struct
import zlib

import numpy as np
import tifffile
from PIL import Image

D50 = (0.9642, 1.0, 0.8249)
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
D65_XY, D50_XY = (0.3127, 0.3290), (0.3457, 0.3585)
PRIMARIES = {
    "sRGB": ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65_XY),
    "Display P3": ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06), D65_XY),
    "Adobe RGB": ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65_XY),
    "BT.2020": ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65_XY),
    "ProPhoto": ((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105), D50_XY),
}
SRGB_CURVE = (3, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
CURVES = {
    "sRGB": SRGB_CURVE,
    "Display P3": SRGB_CURVE,
    "Adobe RGB": 563 / 256,
    "ProPhoto": (3, (1.8, 1.0, 0.0, 1 / 16, 0.03125)),
}
DECODERS = {
    "sRGB": lambda v: np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4),
    "Adobe RGB": lambda v: v ** (563 / 256),
    "ProPhoto": lambda v: np.where(v < 0.03125, v / 16, v**1.8),
}
DECODERS["Display P3"] = DECODERS["sRGB"]


def _xyz(xy):
    x, y = xy
    return np.array([x / y, 1.0, (1 - x - y) / y])


def colorants(name):
    """RGB to XYZ (D50) for a space given by its primaries (Lindbloom's derivation)."""
    *corners, white = PRIMARIES[name]
    columns = np.stack([_xyz(corner) for corner in corners], axis=1)
    scaled = columns * np.linalg.solve(columns, _xyz(white))
    gain = (BRADFORD @ np.array(D50)) / (BRADFORD @ _xyz(white))
    return np.linalg.inv(BRADFORD) @ np.diag(gain) @ BRADFORD @ scaled


def _fixed(*values):
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def curve_tag(curve):
    """A number is a gamma, a pair a parametric type with its numbers, an array a table."""
    if isinstance(curve, tuple):
        return b"para\0\0\0\0" + struct.pack(">HH", curve[0], 0) + _fixed(*curve[1])
    if isinstance(curve, np.ndarray):
        table = np.rint(curve * 65535).astype(">u2").tobytes()
        return b"curv\0\0\0\0" + struct.pack(">I", len(curve)) + table
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(curve * 256))


def pack_profile(kind, space, pcs, tags):
    body, table, start = b"", b"", 132 + 12 * len(tags)
    for name, raw in tags.items():
        table += name + struct.pack(">II", start + len(body), len(raw))
        body += raw + bytes(-len(raw) % 4)
    head = struct.pack(">I4sI4s4s4s", 0, b"\0\0\0\0", 0x04300000, kind, space, pcs)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(*D50)
    head = head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(head)) + head[4:]


def profile(name, curve=None):
    """A display profile of a named space."""
    words = name.encode("utf-16-be")
    description = b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(words), 28) + words
    tone = curve_tag(CURVES[name] if curve is None else curve)
    tags = {b"desc": description, b"wtpt": b"XYZ \0\0\0\0" + _fixed(*D50)}
    for tag, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants(name).T, strict=True):
        tags[tag] = b"XYZ \0\0\0\0" + _fixed(*column)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), tone)
    return pack_profile(b"mntr", b"RGB ", b"XYZ ", tags)


def gray_profile(gamma=2.2):
    tags = {b"wtpt": b"XYZ \0\0\0\0" + _fixed(*D50), b"kTRC": curve_tag(gamma)}
    return pack_profile(b"mntr", b"GRAY", b"XYZ ", tags)


def cmyk_profile():
    """A printing profile whose cyan is green and whose magenta is gray, to be told from a guess."""
    lab = []
    for number in range(16):
        c, m, y, k = (number >> shift & 1 for shift in (3, 2, 1, 0))
        light = 255 * (1 - k) * (1 - 0.5 * m) * (1 - 0.2 * c)
        lab += [round(light), 128 - 60 * c * (1 - k), 128 + 60 * y * (1 - k)]
    ramp = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    lut += ramp * 4 + bytes(lab) + ramp * 3
    tags = {b"wtpt": b"XYZ \0\0\0\0" + _fixed(*D50), b"A2B0": lut, b"A2B1": lut}
    return pack_profile(b"prtr", b"CMYK", b"Lab ", tags)


def lut_profile():
    """An RGB profile that is nothing but a look-up table."""
    lab = [value for n in range(8) for value in (255 * bin(n).count("1") // 3, 128, 128)]
    ramp = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes([3, 3, 2, 0]) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    lut += ramp * 3 + bytes(lab) + ramp * 3
    return pack_profile(b"scnr", b"RGB ", b"Lab ", {b"A2B0": lut})


def _records(order, fields, following=0):
    """One directory; a field's value is a number, or the 4 bytes of its place."""
    out = struct.pack(order + "H", len(fields))
    for tag, kind, count, value in fields:
        if isinstance(value, int):
            raw = struct.pack(order + ("H" if kind == 3 else "I"), value)
        else:
            raw = value
        out += struct.pack(order + "HHI", tag, kind, count) + raw.ljust(4, b"\0")
    return out + struct.pack(order + "I", following)


def exif(order="<", orientation=1, gps=True, thumbnail=True, size=(0, 0)):
    """An EXIF block with a maker note that holds its own absolute offset, as cameras write it."""

    def place(number):
        return struct.pack(order + "I", number)

    shutter = 8 + 18 + 12 * (4 + gps)  # behind the header and the first directory
    world = shutter + 6 + 12 * 4
    small = world + (6 + 12 * 3) * gps
    make = small + (6 + 12 * 2) * thumbnail
    note = make + 14
    degrees = note + 16
    picture = degrees + 48
    jpeg = pil(np.full((16, 16, 3), 99, np.uint8), "JPEG")
    gps_link = [(0x8825, 4, 1, world)] if gps else []
    first = [(0x010F, 2, 14, place(make)), (0x0112, 3, 1, orientation), (0x0128, 3, 1, 2)]
    first += [(0x0213, 3, 1, 1), (0x8769, 4, 1, shutter), *gps_link]
    lens = [(0x9000, 7, 4, b"0232"), (0x927C, 7, 16, place(note))]
    lens += [(0xA002, 4, 1, size[0]), (0xA003, 4, 1, size[1])]
    where = [(1, 2, 2, b"N\0"), (2, 5, 3, place(degrees)), (4, 5, 3, place(degrees + 24))]
    thumb = [(0x0201, 4, 1, picture), (0x0202, 4, 1, len(jpeg))]
    out = (b"II*\0" if order == "<" else b"MM\0*") + place(8)
    out += _records(order, first, small * thumbnail) + _records(order, lens)
    out += _records(order, where) * gps + _records(order, thumb) * thumbnail
    out += b"Freckle Works\0" + b"MKNT" + place(note) + b"secret!!"
    out += struct.pack(order + "6I", 52, 1, 31, 1, 12, 1) * 2
    return out + jpeg * thumbnail


def xmp(orientation=1):
    return (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" '
        b'exif:GPSLatitude="52,31.2N" tiff:Orientation="%d" xmp:Rating="4">'
        b"<exif:GPSLongitude>13,24.6E</exif:GPSLongitude><dc:title>Ada</dc:title>"
        b"</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>" % orientation
    )


IPTC = b"\x1c\x02\x05\x00\x03Ada\x1c\x02\x74\x00\x04(c)!"


def noise(shape, dtype=np.uint8, seed=0):
    kind = np.dtype(dtype)
    return np.random.default_rng(seed).integers(0, np.iinfo(kind).max + 1, shape, dtype=kind)


def scene(height=48, width=64, channels=3):
    """A smooth picture that survives JPEG: every corner differs from the others."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    planes = [255 * x / (width - 1), 255 * y / (height - 1), 255 - 127 * (x / width + y / height)]
    stacked = np.stack([*planes, np.full_like(x, 200)], axis=2)[..., :channels]
    return np.rint(np.clip(stacked, 0, 255)).astype(np.uint8)


def pil(pixels, file_format, **options):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, file_format, **options)
    return out.getvalue()


def chunk(name, payload):
    return (
        struct.pack(">I", len(payload)) + name + payload
        + struct.pack(">I", zlib.crc32(name + payload))
    )  # fmt: skip


def png(width, height, depth, kind, rows, *extra):
    """A PNG file by hand: `rows` are filter bytes and samples, uncompressed."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            head,
            *extra,
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        ]
    )


def dng(height=64, width=96, orientation=1, cut=0):
    """A minimal CFA (RGGB) DNG: gray card in camera space, brighter to the right."""
    ramp = np.linspace(2000, 16000, width)[None].repeat(height, 0)
    mosaic = (ramp + np.arange(height)[:, None] * 7).astype(np.uint16)
    out = io.BytesIO()
    matrix = [v for row in np.linalg.inv(colorants_d65()) for v in row]
    pairs = [n for v in matrix for n in (round(v * 10000), 10000)]
    tifffile.imwrite(
        out, mosaic, photometric=32803, compression=None, metadata=None,
        extratags=[
            (271, 2, 8, b"Freckle\0", True), (272, 2, 6, b"Model\0", True),
            (274, 3, 1, orientation, True),
            (33421, 3, 2, (2, 2), True), (33422, 1, 4, b"\0\1\1\2", True),
            (50706, 1, 4, b"\1\4\0\0", True), (50707, 1, 4, b"\1\1\0\0", True),
            (50708, 2, 14, b"Freckle Model\0", True),
            (50714, 3, 1, 0, True), (50717, 4, 1, 16383, True),
            (50721, 10, 9, pairs, True), (50728, 5, 3, (1, 1, 1, 1, 1, 1), True),
            (50778, 3, 1, 21, True),
        ],
    )  # fmt: skip
    data = out.getvalue()
    return data[: len(data) - cut]


def colorants_d65():
    *corners, white = PRIMARIES["sRGB"]
    columns = np.stack([_xyz(corner) for corner in corners], axis=1)
    return columns * np.linalg.solve(columns, _xyz(white))
