"""The one door in and the one door out for picture files."""

from freckle.codec.files import atomic_write as atomic_write
from freckle.codec.files import check_target as check_target
from freckle.codec.files import same_file as same_file
from freckle.codec.opening import load as load
from freckle.codec.opening import load_bytes as load_bytes
from freckle.codec.saving import SaveOptions as SaveOptions
from freckle.codec.saving import encode as encode
from freckle.codec.saving import notices as notices
from freckle.codec.saving import save as save
from freckle.codec.versions import versions as versions
