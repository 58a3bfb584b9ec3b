# The door with Pillow, to one bit or to RGB, beside our renderer: pillow-door.py FRAMES < door.json
# Prints {"event": "first"} with the first frame, then {"event": "done"} with the time of each further one.
import json
import resource
import sys
import time

from PIL import Image, ImageDraw, ImageFont

door = json.load(sys.stdin)
fonts = {}


def font(bold, size):
    key = (bold, size)
    if key not in fonts:
        fonts[key] = ImageFont.truetype(door["bold" if bold else "plain"], size)
    return fonts[key]


def edges(box):
    return [box["x"], box["y"], box["x"] + box["width"] - 1, box["y"] + box["height"] - 1]


def draw_mark(draw, mark, clock):
    box, colour = mark["box"], mark["colour"]
    if box["width"] < 1 or box["height"] < 1:
        return
    if mark["kind"] == "fill":
        draw.rounded_rectangle(edges(box), mark["radius"], fill=colour)
    elif mark["kind"] == "outline":
        draw.rounded_rectangle(edges(box), mark["radius"], outline=colour, width=mark["line"])
    elif mark["kind"] == "shape":
        draw.ellipse(edges(box), fill=colour)
    elif mark["kind"] == "text":
        text = clock if mark["text"] == door["clock"] else mark["text"]
        style = mark["style"]
        draw.text((mark["x"], mark["baseline"]), text, colour, font(style["weight"] > 600, style["size"]), anchor="ls")
    else:
        side = box["width"] / len(mark["rows"])
        for y, row in enumerate(mark["rows"]):
            for x, dark in enumerate(row):
                if dark == "1":
                    left, top = box["x"] + x * side, box["y"] + y * side
                    draw.rectangle([left, top, left + side - 1, top + side - 1], fill=colour)


def frame(clock):
    one_bit = door["depth"] == 1
    image = Image.new("L" if one_bit else "RGB", (door["width"], door["height"]), "white")
    draw = ImageDraw.Draw(image)
    for mark in door["marks"]:
        draw_mark(draw, mark, clock)
    return (image.convert("1", dither=Image.Dither.NONE) if one_bit else image).tobytes()


frame(door["clock"])
print(json.dumps({"event": "first"}), flush=True)
times = []
for minute in range(int(sys.argv[1])):
    start = time.monotonic()
    frame("%02d:%02d" % (15 + minute // 60 % 9, minute % 60))
    times.append((time.monotonic() - start) * 1e3)
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"event": "done", "warm": times, "rssMb": round(rss)}))
