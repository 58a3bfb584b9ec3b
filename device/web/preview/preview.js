// The preview page: shows each new frame as it is drawn, and passes presses on. Runs in the browser.

const HOLD_MS = 2000;
const screen = document.getElementById("screen");
const note = document.getElementById("note");
const down = new Map();

const frames = new EventSource("/events");
frames.onmessage = ({ data }) => {
  screen.src = `/screen.png?frame=${encodeURIComponent(data)}`;
};
frames.onerror = () => {
  note.textContent = "The box does not answer. This picture may be old.";
};
frames.onopen = () => {
  if (note.textContent.startsWith("The box")) note.textContent = "The box answers again.";
};

async function press(button, held) {
  const response = await fetch("/press", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ button, held }),
  }).catch(() => undefined);
  if (response?.status === 403) note.textContent = "Buttons work on the box’s own machine only.";
}

function begin(button) {
  if (down.has(button)) return;
  element(button).classList.add("down");
  const timer = setTimeout(() => end(button, true), HOLD_MS);
  down.set(button, timer);
}

function end(button, held) {
  if (!down.has(button)) return;
  clearTimeout(down.get(button));
  down.delete(button);
  element(button).classList.remove("down");
  void press(button, held);
}

function element(button) {
  return document.querySelector(`[data-button="${button}"]`);
}

function buttonOf(event) {
  return ["1", "2", "3"].includes(event.key) ? Number(event.key) : undefined;
}

const CARRIED_MS = 30_000;
const carried = document.getElementById("carried");

/** For whoever sits at the box's own machine; nobody else is told which topics it knows. */
async function showCarried() {
  const response = await fetch("/carried").catch(() => undefined);
  carried.hidden = !response?.ok;
  if (response?.ok) carried.querySelector("tbody").replaceChildren(...(await response.json()).map(carriedRow));
}

function carriedRow({ topic, as, operations, authors, bytes, quota, newest, refused, peers }) {
  const row = document.createElement("tr");
  const space = `${megabytes(bytes)} of ${megabytes(quota?.bytes ?? bytes)}${refused > 0 ? `, ${refused} refused` : ""}`;
  const when = newest === undefined ? "–" : new Date(newest).toLocaleString();
  const name = as === "festival" ? "this festival" : `${topic.slice(0, 8)}…`;
  for (const text of [name, operations, authors, space, when, peers]) {
    const cell = document.createElement("td");
    cell.textContent = String(text);
    row.append(cell);
  }
  return row;
}

function megabytes(bytes) {
  return `${(bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0)} MB`;
}

carried.addEventListener("toggle", () => void showCarried());
setInterval(() => void (carried.open && showCarried()), CARRIED_MS);
void showCarried();

addEventListener("keydown", (event) => {
  const button = buttonOf(event);
  if (button && !event.repeat) begin(button);
});
addEventListener("keyup", (event) => {
  const button = buttonOf(event);
  if (button) end(button, false);
});
for (const each of document.querySelectorAll("[data-button]")) {
  const button = Number(each.dataset.button);
  each.addEventListener("pointerdown", () => begin(button));
  each.addEventListener("pointerup", () => end(button, false));
  each.addEventListener("pointerleave", () => end(button, false));
  each.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && !event.repeat) begin(button);
  });
  each.addEventListener("keyup", (event) => {
    if (event.key === "Enter" || event.key === " ") end(button, false);
  });
}
