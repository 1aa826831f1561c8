// Drag over the timeline to see that time closer. All of it can be done by the links and the form too.
const plot = document.querySelector(".timeline-plot");

function dayAt(x) {
  // `data-stretches`: [x, width, first day, end day] by turns, in the picture's own pixels; days count from 1 January of year 1.
  const picture = plot.querySelector("svg");
  const at = ((x - picture.getBoundingClientRect().left) / picture.clientWidth) * picture.viewBox.baseVal.width;
  const stretches = JSON.parse(plot.dataset.stretches);
  const [left, width, first, end] = stretches.filter(([start]) => start <= at).pop() ?? stretches[0];
  const day = Math.min(end - 1, first + Math.floor(((at - left) / width) * (end - first)));
  return new Date((day - 719163) * 86400000).toISOString().slice(0, 10);
}

function drag(start) {
  if (start.button !== 0 || start.pointerType === "touch" || start.target.closest("a")) return;
  const chosen = plot.appendChild(document.createElement("div"));
  chosen.className = "chosen";
  plot.classList.add("dragged");
  const edge = plot.getBoundingClientRect().left;
  const move = (now) => {
    const [left, right] = [start.clientX, now.clientX].sort((a, b) => a - b);
    chosen.style.left = `${left - edge}px`;
    chosen.style.width = `${right - left}px`;
  };
  const stop = (now) => {
    plot.removeEventListener("pointermove", move);
    plot.classList.remove("dragged");
    chosen.remove();
    if (now.type === "pointercancel" || Math.abs(now.clientX - start.clientX) < 8) return;
    const [first, last] = [dayAt(start.clientX), dayAt(now.clientX)].sort();
    const address = new URL(location.href);
    address.searchParams.set("from", first);
    address.searchParams.set("to", last);
    address.hash = "timeline";
    location.assign(address);
  };
  plot.addEventListener("pointermove", move);
  plot.addEventListener("pointerup", stop, { once: true });
  plot.addEventListener("pointercancel", stop, { once: true });
  plot.setPointerCapture(start.pointerId);
  start.preventDefault();
}

// Where pages are files, no form is there and no other time can be asked for.
if (document.querySelector("#timeline form")) plot.addEventListener("pointerdown", drag);
plot?.parentElement.scrollTo({ left: (Number(plot.dataset.opened) / plot.querySelector("svg").viewBox.baseVal.width) * plot.clientWidth - 16 });
