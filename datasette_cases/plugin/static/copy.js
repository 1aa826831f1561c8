// Buttons that copy: `data-copies` is the id of what is copied, `data-done` what is said when it is. Without a script they stay hidden.
const told = document.getElementById("told");

function text(node) {
  return "value" in node ? node.value : node.textContent.trim();
}

// Where the clipboard may not be written, as on plain http: select a text field and copy the selection.
function copySelected(words) {
  const field = document.createElement("textarea");
  field.value = words;
  field.readOnly = true;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copySelected(words);
  }
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const label = button.textContent;
  let waiting;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copy(text(document.getElementById(button.dataset.copies))))) return;
    button.focus();
    button.textContent = told.textContent = button.dataset.done;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      button.textContent = label;
      told.textContent = "";
    }, 2500);
  });
}
