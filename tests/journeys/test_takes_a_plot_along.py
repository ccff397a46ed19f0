"""Every plot can be taken along: as figures in a table, on paper, and as a picture."""

from pathlib import Path

import pytest
from PIL import Image

PHONE = {"width": 360, "height": 640}
#: Everybody who sees a plot, and where.
PLOTS = (
    ("begun", "/apply/{number}/budget/"),
    ("declined", "/cases/{number}/"),
    ("offered", "/cases/{number}/offers/"),
    ("offered", "/cases/{number}/offers/shortest/"),
    ("offered", "/cases/{number}/offers/shortest/ways/"),
    ("offered", "/cases/{number}/explore/"),
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("life", "path"), PLOTS)
def test_a_plot_says_its_finding_and_can_be_saved(page_of, peopled, tmp_path: Path, life, path):
    page = page_of(life, PHONE, accept_downloads=True)
    page.goto(path.format(number=peopled.lives[life].number))
    plots = page.locator("[data-plot]").all()

    assert plots
    for place, plot in enumerate(plots):
        assert plot.locator("svg.plot").get_attribute("aria-label")
        assert plot.locator("table").count() == 1
        assert plot.locator("[data-print]").is_visible()
        with page.expect_download() as saved:
            plot.locator("[data-picture]").click()
        saved.value.save_as(tmp_path / f"{place}.png")
        picture = Image.open(tmp_path / f"{place}.png").convert("RGB")
        assert picture.width >= 900  # three pixels for each of a narrow phone
        # The card's white ground, the brand's green of the plan, and the ink of the title.
        colours = {colour for count, colour in picture.getcolors(1 << 24) if count > 20}
        assert {(255, 255, 255), (15, 107, 102), (29, 43, 47)} <= colours
