"""How much of a page moves when a script comes late."""

import re

from harness import reading

SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


def shift(chromium, site, path, script="", late="/explorers/", brings=".play", **options):
    """How much moves when a script comes long after the page, until what it brings is there."""
    with reading(chromium, site, **options) as reader:
        page, held = reader.page, []

        def hold(route):
            held.append(route) if held is not None else route.fallback()

        page.add_init_script(f"({SHIFTS})();{script}")
        page.route(re.compile(late), hold)
        page.goto(reader.base + path, wait_until="commit")
        page.locator("footer").wait_for(state="attached")
        page.wait_for_timeout(300)
        page.evaluate("shifts = 0")
        waiting, held = held, None
        for route in waiting:
            route.fallback()
        page.locator(brings).first.wait_for()
        page.wait_for_timeout(300)
        return page.evaluate("shifts")
