"""The bundled fonts: what they cover, and how a process is kept to them alone."""

from typing import TYPE_CHECKING

from bulletin_press.fonts.manifest import MANIFEST, FontFile, Manifest, load_manifest, mark_ranges, verify

if TYPE_CHECKING:
    from bulletin_press.fonts.isolation import isolate
    from bulletin_press.fonts.libraries import LIBRARIES, Library, loading_by_name, require_libraries

__all__ = ["LIBRARIES", "MANIFEST", "FontFile", "Library", "Manifest", "isolate", "load_manifest", "loading_by_name",
           "mark_ranges", "require_libraries", "verify"]


def __getattr__(name: str) -> object:
    """What only a render needs: a check asks the manifest alone, and is spared the way to C libraries."""
    if name == "isolate":
        from bulletin_press.fonts.isolation import isolate

        return isolate
    if name in __all__:
        from bulletin_press.fonts import libraries

        return getattr(libraries, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
