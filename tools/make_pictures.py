"""Put the pictures that the journeys took beside each other for the README."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
HEIGHT = 960
GAP = 24


def main() -> None:
    """Write docs/pictures/offers.png from the newest pictures of the journeys."""
    phone = Image.open(ROOT / "screenshots" / "portal-offers.png").convert("RGB")
    desk = Image.open(ROOT / "screenshots" / "desk-offers.png").convert("RGB")
    phone = phone.crop((0, 0, phone.width, HEIGHT))
    desk = desk.crop((0, 0, desk.width, 1110))
    desk = desk.resize((desk.width * HEIGHT // desk.height, HEIGHT), Image.Resampling.LANCZOS)
    both = Image.new("RGB", (phone.width + GAP + desk.width, HEIGHT), "#ffffff")
    both.paste(phone, (0, 0))
    both.paste(desk, (phone.width + GAP, 0))
    both = both.quantize(192)
    both.save(ROOT / "docs" / "pictures" / "offers.png", optimize=True)


if __name__ == "__main__":
    main()
