#!/usr/bin/env python3
"""freckle in GIMP 3: what is visible goes over, and comes back as a new layer."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import gi

gi.require_version("Gimp", "3.0")
from gi.repository import Gimp, Gio, GLib  # noqa: E402 - the version is chosen before

EDIT = "plug-in-freckle-edit"
RETOUCH = "plug-in-freckle-retouch"
LABELS = {EDIT: "_Edit in freckle…", RETOUCH: "_Retouch with freckle"}
CANCELLED = 1
"""Exit code of an editor that was closed without a result."""


class Freckle(Gimp.PlugIn):
    """Two procedures: with the editor, and by the Natural preset."""

    def do_query_procedures(self):
        """Name the procedures."""
        return list(LABELS)

    def do_set_i18n(self, _name):
        """Have no translations of our own."""
        return False

    def do_create_procedure(self, name):
        """Describe one procedure."""
        procedure = Gimp.ImageProcedure.new(self, name, Gimp.PDBProcType.PLUGIN, self.run, None)
        procedure.set_image_types("RGB*, GRAY*")
        procedure.set_sensitivity_mask(Gimp.ProcedureSensitivityMask.DRAWABLE)
        procedure.set_menu_label(LABELS[name])
        procedure.add_menu_path("<Image>/Filters/Enhance")
        procedure.set_documentation("Retouch a portrait", "The result is a new layer.", name)
        procedure.set_attribution("freckle", "freckle", "2026")
        return procedure

    def run(self, procedure, _mode, image, _drawables, _config, _data):
        """Retouch what is visible."""
        status = Gimp.PDBStatusType
        with tempfile.TemporaryDirectory(prefix="freckle-gimp-") as folder:
            source, result = Path(folder) / "in.tif", Path(folder) / "out.tif"
            write(image, source)
            done = subprocess.run(
                command(procedure.get_name(), source, result),
                env=environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode == CANCELLED:
                return procedure.new_return_values(status.CANCEL, GLib.Error())
            if done.returncode != 0 or not result.is_file():
                why = done.stderr.strip().splitlines()[-1:] or ["freckle gave no result."]
                return procedure.new_return_values(status.EXECUTION_ERROR, GLib.Error(why[0]))
            lay(image, result)
        Gimp.displays_flush()
        return procedure.new_return_values(status.SUCCESS, GLib.Error())


def command(name, source, result):
    """Return the words of the command line."""
    program = os.environ.get("FRECKLE", "freckle")
    words = [program, "edit" if name == EDIT else "retouch", str(source), "--output", str(result)]
    return words if name == EDIT else [*words, "--quiet"]


def environment():
    """Return the environment without what leads GIMP's own Python."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def write(image, path):
    """Write what is visible, 16 bits a channel, and leave the image as it is."""
    copy = image.duplicate()
    try:
        copy.merge_visible_layers(Gimp.MergeType.CLIP_TO_IMAGE)
        if copy.get_precision() != Gimp.Precision.U16_NON_LINEAR:
            copy.convert_precision(Gimp.Precision.U16_NON_LINEAR)
        file = Gio.File.new_for_path(str(path))
        Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, copy, file, None)
    finally:
        copy.delete()


def lay(image, path):
    """Put a file on top as a new layer, in one step of undo."""
    image.undo_group_start()
    try:
        file = Gio.File.new_for_path(str(path))
        layer = Gimp.file_load_layer(Gimp.RunMode.NONINTERACTIVE, image, file)
        layer.set_name("freckle")
        image.insert_layer(layer, None, 0)
    finally:
        image.undo_group_end()


Gimp.main(Freckle.__gtype__, sys.argv)
