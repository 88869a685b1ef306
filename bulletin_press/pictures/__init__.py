"""Pictures: found and decoded (``loading``), made ready for the page (``screen``)."""

from bulletin_press.pictures.loading import LoadedPicture, PictureFault, load_picture

__all__ = ["LoadedPicture", "PictureFault", "load_picture"]
