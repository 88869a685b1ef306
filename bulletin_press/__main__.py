"""``python -m bulletin_press`` is ``press``."""

from bulletin_press.entry import main

if __name__ == "__main__":
    main()
