// Keeps the page of the screen true: when the box tells of a new frame, fetches the page again and takes its words over.
// Runs in the browser; without it the page is as true as when it was loaded.

let wanted = false;
let fetching = false;

const frames = new EventSource("/events");
frames.onmessage = () => void refresh();

/** One at a time; what changes meanwhile is fetched once more. */
async function refresh() {
  wanted = true;
  if (fetching) return;
  fetching = true;
  while (wanted) {
    wanted = false;
    await take().catch(() => undefined);
  }
  fetching = false;
}

async function take() {
  const response = await fetch("/screen");
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.getElementById("screen");
  const shown = document.getElementById("screen");
  if (!response.ok || now === null || now.innerHTML === shown.innerHTML) return;
  document.title = page.title;
  document.documentElement.dir = page.documentElement.dir;
  document.documentElement.lang = page.documentElement.lang;
  shown.replaceChildren(...document.adoptNode(now).childNodes);
}
