"""The one door in and the one door out for picture files."""

from freckle.codec.opening import load as load
from freckle.codec.opening import load_bytes as load_bytes
from freckle.codec.saving import SaveOptions as SaveOptions
from freckle.codec.saving import encode as encode
from freckle.codec.saving import notices as notices
from freckle.codec.saving import save as save
from freckle.codec.versions import versions as versions
from freckle.disk import atomic_write as atomic_write
from freckle.disk import check_target as check_target
from freckle.disk import same_file as same_file
