"""Makes one animated GIF from the pictures of record.mjs: animate.py FOLDER FILE. Fails when the file is too large for a README."""

import json
import sys
from pathlib import Path

from PIL import Image

LARGEST = 2_000_000


def animate(folder: Path, file: Path) -> int:
    recorded = json.loads((folder / "frames.json").read_text())
    frames = recorded["frames"]
    ends = [frame["time"] for frame in frames[1:]] + [recorded["length"]]
    # A GIF counts in hundredths of a second.
    times = [max(20, round((end - frame["time"]) / 10) * 10) for frame, end in zip(frames, ends, strict=True)]
    pictures = [Image.open(folder / frame["file"]).convert("RGB") for frame in frames]
    for colours in (128, 64, 32):
        # One palette for all, from a sheet of pictures of all parts: colours must not flicker.
        some = pictures[:: max(1, len(pictures) // 12)]
        sheet = Image.new("RGB", (some[0].width, some[0].height * len(some)))
        for row, picture in enumerate(some):
            sheet.paste(picture, (0, row * picture.height))
        palette = sheet.quantize(colours, dither=Image.Dither.NONE)
        first, *others = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
        first.save(file, save_all=True, append_images=others, duration=times, loop=0, disposal=1)
        if file.stat().st_size <= LARGEST:
            break
    return file.stat().st_size


if __name__ == "__main__":
    size = animate(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"{sys.argv[2]}: {size / 1e6:.2f} MB")
    if size > LARGEST:
        sys.exit(f"{sys.argv[2]} is larger than {LARGEST / 1e6:.0f} MB: record fewer seconds")
