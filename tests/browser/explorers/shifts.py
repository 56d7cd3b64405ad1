"""How much of a page moves when an explorer comes late."""

import re

from harness import reading

SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


def shift(chromium, site, path, script="", **options):
    """How much moves when the explorer comes long after the page."""
    with reading(chromium, site, **options) as reader:
        page, held = reader.page, []

        def hold(route):
            held.append(route) if held is not None else route.fallback()

        page.add_init_script(f"({SHIFTS})();{script}")
        page.route(re.compile("/explorers/"), hold)
        page.goto(reader.base + path, wait_until="domcontentloaded")
        page.wait_for_timeout(300)
        page.evaluate("shifts = 0")
        waiting, held = held, None
        for route in waiting:
            route.fallback()
        page.locator(".play").wait_for()
        page.wait_for_timeout(100)
        return page.evaluate("shifts")
