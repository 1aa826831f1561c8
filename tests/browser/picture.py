"""What is wrong with an SVG as it is drawn: measured, not read."""

from __future__ import annotations

MEASURE = """svg => {
  const SLACK = 0.5, found = [];
  const around = (element, box) => {
    const turn = element.getScreenCTM(), at = (x, y) => new DOMPoint(x, y).matrixTransform(turn);
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([x, y]) => at(box.x + x * box.width, box.y + y * box.height));
    const [xs, ys] = [corners.map(corner => corner.x), corners.map(corner => corner.y)];
    return {left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys)};
  };
  const shown = element => `${element.tagName} "${(element.textContent || element.getAttribute("d") || "").trim().replace(/\\s+/g, " ").slice(0, 60)}"`;
  const drawn = name => [...svg.querySelectorAll(name)].filter(element =>
    element.getClientRects().length && !element.closest("defs, clipPath, mask, marker, pattern, symbol"));
  const boxed = elements => elements.map(element => ({element, ...around(element, element.getBBox())}));

  if (!svg.viewBox.baseVal || !svg.viewBox.baseVal.width) return ["it has no viewBox"];
  if (svg.querySelector("foreignObject")) found.push("text stands in a foreignObject");
  const frame = around(svg, svg.viewBox.baseVal);
  for (const {element, left, right, top, bottom} of boxed(drawn("text, a, rect, path, circle, ellipse, line, polygon, polyline")))
    if (left < frame.left - SLACK || right > frame.right + SLACK || top < frame.top - SLACK || bottom > frame.bottom + SLACK)
      found.push(`${shown(element)} leaves the picture: ${[left - frame.left, top - frame.top, right - frame.left, bottom - frame.top].map(Math.round)}`
        + ` of ${Math.round(frame.right - frame.left)} × ${Math.round(frame.bottom - frame.top)}`);
  const texts = boxed(drawn("text").filter(element => element.textContent.trim()));
  texts.forEach((one, place) => texts.slice(place + 1).forEach(other => {
    const [x, y] = [Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)];
    if (x > SLACK && y > SLACK) found.push(`${shown(one.element)} and ${shown(other.element)} overlap by ${x.toFixed(1)} × ${y.toFixed(1)} px`);
  }));
  return found;
}"""
"""Of one SVG element: texts that overlap by more than half a pixel, and what leaves its viewBox."""

MEASURE_SHOWN = f"""() => [...document.querySelectorAll("#timeline svg")].filter(svg => svg.getClientRects().length)
  .flatMap({MEASURE})"""
"""Of the pictures in a page's timeline that are shown at this width."""

MEASURE_ALL = f"""texts => texts.map(text => {{
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.tagName !== "svg") return [`it is no SVG: ${{root.textContent.slice(0, 200)}}`];
  const svg = document.importNode(root, true);
  document.body.replaceChildren(svg);
  return ({MEASURE})(svg);
}})"""
"""Of many SVG files, one after the other in one page; for each what is wrong."""
