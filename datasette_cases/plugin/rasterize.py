"""Run as a program of its own: SVG on the way in, PNG on the way out. Arguments: where resvg_py is, width, height, font files.

The library holds Python's lock for as long as it draws, half a second for a large timeline: no page could be served meanwhile.
"""

import sys


def main() -> None:
    folder, width, height, *fonts = sys.argv[1:]
    sys.path.append(folder)
    import resvg_py

    png = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode("utf-8"), width=int(width), height=int(height), skip_system_fonts=True,
        font_files=fonts, font_family="Noto Sans", sans_serif_family="Noto Sans",
    )  # fmt: skip
    sys.stdout.buffer.write(bytes(png))


if __name__ == "__main__":
    main()
