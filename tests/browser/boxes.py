"""What is wrong with a page as it is drawn: text on text, text out of its box, and what is too small to be hit."""

from __future__ import annotations

TARGET = 24
"""CSS pixels that something to be hit has at least, each way (WCAG 2.2, 2.5.8)."""

MEASURE_BOXES = f"""root => {{
  const SLACK = 1.5, found = new Set(), styles = new Map();
  const style = element => styles.get(element) || styles.set(element, getComputedStyle(element)).get(element);
  const words = text => `"${{text.trim().replace(/\\s+/g, " ").slice(0, 40)}}"`;
  const rooms = new Map();
  const room = element => {{  // where of an element something can be seen, or null
    if (!element || element === document.body) return {{left: -1e9, top: -1e9, right: 1e9, bottom: 1e9}};
    if (rooms.has(element)) return rooms.get(element);
    let within = room(element.parentElement);
    const own = style(element);
    if (within && (own.clipPath !== "none" || own.visibility === "hidden")) within = null;
    else if (within && (own.overflowX !== "visible" || own.overflowY !== "visible")) {{
      const box = element.getBoundingClientRect();
      within = {{left: Math.max(within.left, box.left), top: Math.max(within.top, box.top), right: Math.min(within.right, box.right), bottom: Math.min(within.bottom, box.bottom)}};
    }}
    rooms.set(element, within);
    return within;
  }};
  const lines = [], texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (texts.nextNode()) {{
    const node = texts.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest("svg, option, textarea, script, style") || !element.checkVisibility()) continue;
    const within = room(element);
    if (!within) continue;
    range.selectNodeContents(node);
    const button = element.closest(".stance, .strip a, .sign, .case-board td a, .days a, button, summary");
    const around = button && button.getBoundingClientRect();
    for (const box of range.getClientRects()) {{
      const seen = {{left: Math.max(box.left, within.left), top: Math.max(box.top, within.top), right: Math.min(box.right, within.right), bottom: Math.min(box.bottom, within.bottom)}};
      if (seen.right - seen.left < 1 || seen.bottom - seen.top < 1) continue;
      if (around && around.width && (box.left < around.left - SLACK || box.right > around.right + SLACK) && !element.closest(".clamp"))
        found.add(`${{words(node.data)}} leaves ${{button.tagName.toLowerCase()}}.${{button.className}}: ${{[box.left, box.right, around.left, around.right].map(Math.round)}}`);
      lines.push({{node, ...seen}});
    }}
  }}
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {{
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom - SLACK; next++) {{
      const other = lines[next];
      if (other.node === one.node) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left), down = Math.min(one.bottom, other.bottom) - other.top;
      if (across > SLACK && down > 4) found.add(`${{words(one.node.data)}} and ${{words(other.node.data)}} overlap by ${{across.toFixed(1)}} × ${{down.toFixed(1)}} px`);
    }}
  }});
  for (const link of root.querySelectorAll(".strip a, .case-board td a, .days a, button:not([hidden])")) {{
    const box = link.getBoundingClientRect();
    if (link.checkVisibility() && (box.width < {TARGET} || box.height < {TARGET})) found.add(`${{words(link.textContent)}} is too small to be hit: ${{box.width}} × ${{box.height}}`);
  }}
  const cells = [...root.querySelectorAll(".strip a, .case-board td a")].map(cell => ({{cell, box: cell.getBoundingClientRect()}})).sort((one, other) => one.box.top - other.box.top);
  cells.forEach((one, place) => {{
    for (let next = place + 1; next < cells.length && cells[next].box.top < one.box.bottom - 0.5; next++)
      if (Math.min(one.box.right, cells[next].box.right) - Math.max(one.box.left, cells[next].box.left) > 0.5)
        found.add(`cells ${{words(one.cell.textContent)}} and ${{words(cells[next].cell.textContent)}} overlap`);
  }});
  return [...found];
}}"""
"""Of an element and all in it. A line of text may come as near to another as its letters do not touch."""

MEASURE_MAIN = f"""() => ({MEASURE_BOXES})(document.querySelector("main"))"""

MEASURE_PAGES = f"""pages => pages.map(page => {{
  const main = document.importNode(new DOMParser().parseFromString(page, "text/html").querySelector("main"), true);
  document.querySelector("main").replaceWith(main);
  return ({MEASURE_BOXES})(main);
}})"""
"""Of many pages, each put in the place of the one that is open: their stylesheets are the same."""
